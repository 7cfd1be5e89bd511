// Brings one table to several environments, which get it made where they do not have it. Try it on the sample users:
//   ./jbang quickstart examples/several-environments.groovy --yes

include "shared/environments.groovy"

// Here they are regions of the embedded database; a team's would say env("test") { profile "acme-test" }
env("test") { endpoint "embedded"; region "us-east-1" }
env("demo") { endpoint "embedded"; region "us-west-2" }

piece("active") {
  filter "active = :yes", values: [":yes": true]
  limit 500
}

for (target in ["test", "demo"]) {
  copy("users for ${target}") {
    from "prod:users"
    to "${target}:users"
    createTarget()
    use "active"
  }
}
