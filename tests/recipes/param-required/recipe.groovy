param "tenant", required: true, help: "whose users"
param "day", required: true
param "n", default: 4
copy { from "prod:users"; to "dev:users"; where pk: param("tenant") }
copy { from "prdo:users"; to "dev:users" }
