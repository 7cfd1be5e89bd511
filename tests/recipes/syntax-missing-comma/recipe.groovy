copy {
  from "prod:users"
  where pk: 1 sk: 2
}
