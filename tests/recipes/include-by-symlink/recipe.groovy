include "linked.groovy"
copy { from "prod:users"; to "dev:users" }
