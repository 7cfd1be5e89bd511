copy {
  from "prod:users"
  to "dev:users"
  segments 8
}
