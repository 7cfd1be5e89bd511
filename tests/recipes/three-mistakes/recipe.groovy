copy {
  form "prod:users"
  to "dev:users"
  segments "8"
  where kp: "t1"
}
