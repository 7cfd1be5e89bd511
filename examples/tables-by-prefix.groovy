// Copies every table whose name begins in a certain way, and makes the ones that are missing. Try it on the sample users:
//   ./jbang quickstart examples/tables-by-prefix.groovy --param prefix=us

include "shared/environments.groovy"

param "prefix", default: "u", help: "what the names of the tables begin with"

// The star stands for the same in both names: prod:users goes to dev:copy-of-users.
copy {
  from "prod:${param("prefix")}*"
  to "dev:copy-of-${param("prefix")}*"
  createTarget()
  limit 1000
}
