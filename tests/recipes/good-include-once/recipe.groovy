include "a/one.groovy"
include "two.groovy"
include "two.groovy"
copy { from "x:users"; to "dev:users"; use "p"; segments param("n") }
