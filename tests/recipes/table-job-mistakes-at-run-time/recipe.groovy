env("frozen") { readOnly() }
def config = [none: null, to: 4]
truncate "frozen:users"
truncate "dve:users"
truncate config.none
truncate ""
backup "nowhere:users", to: "users.jsonl"
backup "dev:users", to: "arn:aws:dynamodb:eu-west-1:123456789012:table/users/backup/01630000000000-abcdef12"
backup "dev:users", to: config.none
backup " ", to: " "
restore "users.jsonl", to: "frozen:users"
restore "s3://B", to: "dev:"
restore config, "file:users.jsonl"
cloneSchema "frozen:users", to: "frozen:users-new"
cloneSchema "dve:users", to: config.none
