env("acceptance") { region "eu-west-1" }
copy {
  from "prd:users"
  to "acceptence:users"
}
copy { from "nowhere:users"; to "dev:users" }
copy { from "embedded:users"; to "dev:users" }
