param "table", default: "users"
param "n", default: 8
param "tenant", required: true
copy {
  from param("n")
  to "dev:users"
  segments param("table")
  limit param("tenant")
}
