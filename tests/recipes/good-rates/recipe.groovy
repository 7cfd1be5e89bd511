param "percent", default: "12.5%"

env("priced") {
  endpoint "http://localhost:8000"
  prices read: 0.125, write: 0.625
}

defaults {
  rate read: 500, write: "50%"
}

piece("slow") {
  rate write: 2.5
}

copy("defaults") {
  from "prod:users"
  to "priced:users"
}

copy("its own") {
  from "prod:users"
  to "dev:users"
  rate write: param("percent")
  prices read: 0.1, write: 1
  budget 20
}

copy("a piece's") {
  from "prod:users"
  to "dev:users"
  use "slow"
}

delete {
  from "dev:users"
  where pk: "t1"
  rate read: 10, write: "${param("percent")}"
  budget 0.5
}

query {
  from "dev:users"
  rate read: "100%"
}

truncate "dev:users", readRate: 100, writeRate: "50%", budget: 3
backup "dev:users", to: "file:users.jsonl.gz", readRate: "25%"
restore "file:users.jsonl.gz", to: "dev:users", writeRate: 500, budget: 1.5
