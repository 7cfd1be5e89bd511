copy("rates") {
  from "prod:users"
  to "dev:users"
  rate read: 0, write: "150%"
  rate read: -5
  rate write: "0%"
  rate read: "abc", write: [5]
  budget 0
  budget(-2.5)
}
copy { from "prod:users"; to "dev:users"; prices read: -1, write: 0.5 }
query {
  from "prod:users"
  rate read: 5, write: 5
}
truncate "dev:users", writeRate: "200%", budget: 0
backup "dev:users", to: "file:users.jsonl.gz", readRate: "fast"
restore "file:users.jsonl", to: "dev:users", writeRate: 0
