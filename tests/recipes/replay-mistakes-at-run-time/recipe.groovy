def config = [file: "", to: null]
env("prod") { readOnly() }
replay config.file, to: "dev:users"
replay "failed.jsonl", to: config.to
replay "failed.jsonl", to: "prod:users"
replay "failed.jsonl", to: "dev:acme-*"
replay "failed\u0000.jsonl", to: "dev:users"
