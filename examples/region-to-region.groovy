// Makes a table in another region identical to this one: made if it is not there, backed up if it is, and rid of what
// the source does not have once everything is written. Try it on the sample users:
//   ./jbang quickstart examples/region-to-region.groovy --yes

env("here") { endpoint "embedded"; region "eu-west-1"; readOnly() }
env("there") { endpoint "embedded"; region "us-east-1" }

copy("users, for reading nearby") {
  from "here:users"
  to "there:users"
  createTarget()
  replace()
}
