verify {
  form "dev:users"
  limit 3
  project "name"
  onFailure { stopAfter 3 }
  output "csv"
  count 3
  sample "10"
  full
  repair deleteExtras: true
  repair deleteExtra: "yes"
}
verify "dev:users"
verify("mine") { from "dev:users" }
copy {
  from "prod:users"
  to "dev:users"
  verify { from "prod:users"; count; sample(); ful(); repair() }
}
copy { from "prod:users"; to "dev:users"; verify full }
query { from "dev:users"; full(); repair() }
