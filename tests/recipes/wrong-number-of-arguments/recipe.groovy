env("x") { credentials "a"; readOnly 4; region "a", "b"; prefix() }
env("y")
piece { limit 4 }
defaults("x") { limit 4 }
copy("a", "b") { }
copy()
copy {
  from "prod:users", "dev:users"
  segments()
  filter()
  use()
  onFailure()
  where "t1"
}
param()
param("x", "y")
