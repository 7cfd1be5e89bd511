env("x") { region "eu-west-2" }
param "n", default: 5
copy("c") { from "prod:users"; to "dev:users" }
piece("p") { limit 5 }
