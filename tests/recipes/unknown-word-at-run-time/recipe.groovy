def config = [call: { Closure c -> c() }]
copy {
  from "prod:users"
  to "dev:users"
  config["call"].call { lmiit 4 }
  config["call"].call { limit "x" }
}
