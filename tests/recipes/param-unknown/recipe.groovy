param "tenant"
copy {
  from "prod:users"
  to "dev:users"
  where pk: param("tennant")
  filter { item -> item.id == param("nothing") }
}
