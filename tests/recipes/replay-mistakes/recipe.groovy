replay "failed.jsonl"
replay "failed.jsonl", from: "dev:users"
replay to: "dev:users"
replay "failed.jsonl", to: 5
replay "failed.jsonl", to: "dev:users", readRate: 5
replay 7, to: "dev:users"
copy { replay "failed.jsonl", to: "dev:users" }
