def config = [none: null]
query { from "dev:users"; output "cvs" }
query { from "dev:users"; output "CSV" }
query { from "dev:users"; output "xml"; limit 0 }
query { from "dev:users"; output config.none; unique config.none }
query { from "dev:users"; output "csv"; dynamodbJson() }
query { from "dev:users"; count(); sample 10 }
query { from "dev:users"; sample 0 }
query { from "dev:users"; unique " " }
query { output "csv" }
query { from "dev:users"; unique "tenant"; project "name" }
