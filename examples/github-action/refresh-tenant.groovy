// Run by .github/workflows/refresh-tenant.yml, and from a desk by
//   ./jbang dynocopy refresh-tenant.groovy --param tenant=t1 --dry-run

param "tenant", required: true, help: "whose users to copy"

env("prod") { profile "acme-prod"; region "eu-west-1"; readOnly() }
env("dev") { profile "acme-dev"; region "eu-central-1" }

copy("users of ${param("tenant")}") {
  from "prod:users"
  to "dev:users"
  segments 8
  where gsi: "byTenant", pk: param("tenant")
  replace()
}
