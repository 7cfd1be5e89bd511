copy {
  from "prod:users"
  filter { item, other ->
    item.age >
  }
}
