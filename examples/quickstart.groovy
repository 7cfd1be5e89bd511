// Run this with `./jbang quickstart`. It needs no AWS account: "embedded" is a DynamoDB of its own,
// inside the process, with 20,000 users in prod:users and an empty dev:users.

// One server, two environments: as in AWS, each region has its own tables.
env("prod") { endpoint "embedded"; region "eu-west-1"; readOnly() }
env("dev") { endpoint "embedded"; region "eu-central-1" }

// The embedded database writes one batch at a time; the real one takes as many as it has partitions for.
defaults { writers 4 }

// The users of one tenant, through an index.
copy("tenant t1") {
  from "prod:users"
  to "dev:users"
  segments 8
  where gsi: "byTenant", pk: "t1"
}

// All users.
copy("everything") {
  from "prod:users"
  to "dev:users"
  segments 8
}
