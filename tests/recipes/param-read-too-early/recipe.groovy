copy { from "prod:${param("table")}"; to "dev:users" }
param "table", default: "users"
