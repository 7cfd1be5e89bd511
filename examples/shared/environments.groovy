// What several recipes share. Here both environments are in the embedded database; a team's would say
// env("prod") { profile "acme-prod"; region "eu-west-1"; readOnly() }
env("prod") { endpoint "embedded"; region "eu-west-1"; readOnly() }
env("dev") { endpoint "embedded"; region "eu-central-1" }
