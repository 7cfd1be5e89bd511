delete {
  form "dev:users"
  to "dev:users"
  project "name"
  onFailure { stopAfter 3 }
  use "careful"
  output "csv"
  writers "4"
  where sk: 1
}
delete "dev:users"
delete("all") { from "dev:users"; where pk: "t1" }
delete { segments; limit = 4; delete { } }
delete
delet { form "dev:users"; to "dev:users" }
