copy { from "users table"; to "dev:" }
copy { from "arn:aws:s3:::bucket"; to "file:users.jsonl" }
