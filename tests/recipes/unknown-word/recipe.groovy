copy {
  form "prod:users"
  to "dev:users"
}
