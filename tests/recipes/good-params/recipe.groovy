param "tenant"
param "table", default: "users"
param "n", default: 8
param "big", default: 8L
param "share", default: 0.5
param "all", default: false

def n = param("n")
copy {
  from "prod:${param("table")}"
  to "dev:" + param("table")
  segments param("n")
  writers n + 1
  limit param("big")
  where pk: [param("tenant") ?: "nobody", "${param("share") * 2}"]
  if (param("all")) { project "everything" }
}
