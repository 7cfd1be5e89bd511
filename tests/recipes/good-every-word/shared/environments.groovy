env("east") {
  region "us-east-1"
  profile "acme"
  role "arn:aws:iam::123456789012:role/copy"
  prefix "acme-"
  readOnly()
}

env("test") {
  endpoint "http://localhost:8000"
  credentials "key", "hidden"
}
