include "a.groovy"
copy { from "prod:users"; to "dev:users" }
