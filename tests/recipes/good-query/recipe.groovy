param "attribute", default: "tenant"
query { from "dev:users" }
query { from "dev:users"; output "json"; dynamodbJson(); limit 10; project "name", "email" }
query { from "dev:users"; output "jsonl"; dynamodbJson(); sample 10 }
query { from "dev:users"; output "table"; count(); segments 8; where pk: "t1", gsi: "byTenant" }
query { from "dev:users"; output "csv"; unique param("attribute"); filter { it.age > 41 } }
