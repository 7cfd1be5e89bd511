copy {
  from "prod:users"
  to "dev:users"
  filter "a = :a", values: ["a": 1]
  filter "b = :b", names: ["b": "c"]
}
