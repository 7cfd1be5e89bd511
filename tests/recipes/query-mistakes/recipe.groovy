query {
  from "dev:users"
  to "dev:users"
  writers 4
  onFailure { stopAfter 3 }
  use "careful"
  ouput "csv"
  output 3
  count 3
  unique
  sample "10"
  dynamodbJson
}
query "dev:users"
query("mine") { from "dev:users" }
copy { from "prod:users"; to "dev:users"; output "csv"; count(); sample 3 }
count()
