copy {
  from "prod:users"
  to "dev:users"
  rate
  rate 500
  rate reed: 500
  rate()
  rates read: 5
  prices read: 0.1
  prices 0.1
  budget "20"
  budget
  budgt 20
}
env("x") { rate read: 5; prices write: 1 }
truncate "dev:users", rate: 5
query { from "dev:users"; rat read: 5 }
