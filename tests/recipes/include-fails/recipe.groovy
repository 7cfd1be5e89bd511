include "a.groovy"
copy { from "x:users"; to "dev:users" }
