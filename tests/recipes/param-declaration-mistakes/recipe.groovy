param "a", default: [1, 2]
param "b", required: true, default: 4
param "a", default: 5
copy { from "prod:users"; to "dev:users" }
