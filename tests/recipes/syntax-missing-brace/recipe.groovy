copy {
  from "prod:users"
  to "dev:users"
