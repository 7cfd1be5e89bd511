truncate
truncate 4
truncate "dev:users", to: "x"
truncate { from "dev:users" }
backup()
backup "dev:users", too: "file:x"
backup "dev:users", to: 4
backup "dev:users", "file:x"
restore "file:users.jsonl"
restore "file:users.jsonl", "dev:users"
restore to: "dev:users"
restore "file:users.jsonl", into: "dev:users"
cloneSchema "prod:users"
cloneSchema "prod:users", t0: "dev:users"
cloneSchema null, to: "dev:users"
copy { from "prod:users"; to "dev:users"; truncate "dev:users"; backup "dev:users" }
query { restore "file:users.jsonl", to: "dev:users" }
truncat "dev:users"
