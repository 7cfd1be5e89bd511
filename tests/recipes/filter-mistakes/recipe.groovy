def limitAge = 41
def old(item) { item.age > 41 }
copy {
  from "prod:users"
  to "dev:users"
  filter { item -> itm.age > limtAge }
  filter { item -> odl(item) }
  filter { item -> from "prod:users" }
  filter { item -> old(item) && item.tags.any { it == "a" } }
}
