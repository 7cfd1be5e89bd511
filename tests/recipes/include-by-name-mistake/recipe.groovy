def name = "b"
defaults { segments 0 }
include "${name}.groovy"
copy { from "x:users"; to "dev:users" }
