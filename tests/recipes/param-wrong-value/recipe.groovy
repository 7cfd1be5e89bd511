param "n", default: 8
param "big", default: 8L
param "share", default: 0.5
param "all", default: true
copy { from "prod:users"; to "dev:users"; segments param("n") }
