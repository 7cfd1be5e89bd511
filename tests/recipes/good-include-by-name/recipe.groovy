param "stage", default: "one"
include "${param("stage")}.groovy"
copy { from "x:users"; to "dev:users" }
