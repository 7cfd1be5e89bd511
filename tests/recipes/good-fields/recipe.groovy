import groovy.transform.Field

@Field static final String TABLE = "users"
@Field def limits = [3, 4]

def prod() { "prod:$TABLE" }

copy {
  from prod()
  to "dev:$TABLE"
  limit limits[0]
  limits.each { segments it }
  filter { item -> limits.contains(item.n) }
}
