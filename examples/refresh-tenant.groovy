// Brings the active users of one tenant from prod to dev. Try it on the sample users:
//   ./jbang quickstart examples/refresh-tenant.groovy --param tenant=t2 --param since=2022

include "shared/environments.groovy"

param "tenant", default: "t1", help: "whose users to copy"
param "since", default: "2021", help: "the first year, or the beginning of a date, of their sign-up"

defaults {
  writers 8
  onFailure { deadLetter "refresh-${param("tenant")}.failed.jsonl"; stopAfter 10 }
}

copy("users of ${param("tenant")}") {
  from "prod:users"
  to "dev:users"
  where gsi: "byTenant", pk: param("tenant"), skAtLeast: param("since")
  filter { user -> user.active && !user.tags?.contains("staff") }
}
