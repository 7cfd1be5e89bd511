def name = "c"
include "${name}.groovy"
copy { from "x:users"; to "dev:users" }
