copy {
  from "prod:users"
  to "dev:users"
  onConflict
  onConflict 5
  onConflict older: "updatedAt"
  onConflict newer: 5
  onConflict "skip", "fail"
  retry
  retry 5
  retry attempts: "5"
  retry tries: 5
  retry base: 50
}
query { from "dev:users"; onConflict "skip" }
retry attempts: 5
