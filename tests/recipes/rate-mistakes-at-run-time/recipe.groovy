def config = [rate: null, read: "10%%", dollars: "twenty", price: "cheap"]
copy {
  from "prod:users"
  to "dev:users"
  rate read: config.rate, write: config.read
  prices read: config.price, write: 1
}
env("odd") { prices read: config.price, write: -1 }
truncate "dev:users", budget: config.dollars
