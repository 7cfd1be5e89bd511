def config = [half: 1.5, text: "x", none: null, empty: " "]
truncate "dev:users", segments: config.half, writers: config.text
truncate "dev:users", segments: 0, writers: 2000
backup "dev:users", prices: config.text, failIfEmpty: config.none
backup "dev:users", prices: [read: 1]
backup "dev:users", prices: [read: -1, write: 1], retry: [atempts: 3]
restore "file:users.jsonl.gz", to: "dev:users", deadLetter: config.empty, retry: [attempts: "3", cap: "soon"]
replay "failed.jsonl", to: "dev:users", stopAfter: 0, deadLetter: "failed.jsonl"
replay "failed.jsonl", to: "dev:users", stopAfter: config.none, writers: 0
