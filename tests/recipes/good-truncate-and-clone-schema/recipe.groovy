cloneSchema "prod:users", to: "dev:users-new"
truncate "dev:users"
["orders", "events"].each { truncate "dev:$it" }
