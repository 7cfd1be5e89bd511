copy {
  form "prod:users"
  to 5
}
