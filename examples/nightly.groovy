// What a team runs each night: look at the target, keep a copy of it, refresh it, and say how many there are. Try it:
//   ./jbang quickstart examples/nightly.groovy --yes

include "shared/environments.groovy"

param "tenants", default: "t1,t2", help: "whose users to refresh, separated by commas"

defaults {
  segments 8
  onFailure { stopAfter 100 }
}

backup "dev:users"

copy("users of ${param("tenants")}") {
  from "prod:users"
  to "dev:users"
  where gsi: "byTenant", pk: param("tenants").tokenize(",")
}

query {
  from "dev:users"
  count()
}
