replay "failed.jsonl", to: "dev:users"
replay "state/orders-${1 + 1}.jsonl", to: "dev:orders", writeRate: "50%", budget: 2
