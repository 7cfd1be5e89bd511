def size = 2

truncate "dev:users", segments: 8, writers: 2 * size, failIfEmpty: true
backup "dev:users", to: "file:users.jsonl.gz", segments: size, prices: [read: 0.125, write: 0.625]
restore "file:users.jsonl.gz", to: "dev:users", writers: 3, deadLetter: "left.jsonl", retry: [attempts: 8, cap: "20s"]
replay "failed.jsonl", to: "dev:users", readRate: 5, writers: 2, deadLetter: "again.jsonl", stopAfter: 9, failIfEmpty: false

fingerprint {
  from "prod:users"
  where pk: "t1"
  segments 2
  rate read: 5
}
