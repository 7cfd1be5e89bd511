include "first.groovy"
copy { from "prod:users"; to "dev:users" }
truncate "dev:sessions"
env("late") { endpoint "http://localhost:8000" }
query { from "dev:users"; count() }
defaults { segments 8 }
