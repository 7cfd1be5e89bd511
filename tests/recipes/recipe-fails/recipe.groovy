def config = [:]
copy { from "prod:users"; to "dev:users" }
copy {
  from "prod:" + config.users.table
  to "dev:users"
}
