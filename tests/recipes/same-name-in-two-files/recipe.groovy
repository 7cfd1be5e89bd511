include "other.groovy"
env("x") { region "eu-west-1" }
piece("p") { limit 4 }
param "n", default: 4
copy("c") { from "x:users"; to "dev:users" }
for (t in ["users", "orders"]) { copy("same") { from "prod:$t"; to "dev:$t" } }
