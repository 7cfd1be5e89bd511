def table = "users"
backup "dev:${table}"
backup "dev:users", to: "file:users.jsonl.gz"
backup "prod:users", to: "s3://acme-backups/${table}"
restore "file:users.jsonl.gz", to: "dev:users"
restore "s3://acme-backups/users", to: "dev:${table}"
restore "arn:aws:dynamodb:eu-west-1:123456789012:table/users/backup/01630000000000-abcdef12", to: "dev:users"
["orders", "events"].each { backup "dev:$it" }
def where = [to: "dev:users"]
restore where, "file:users.jsonl"
restore(*: where, "file:users.jsonl")
