def s = "a"
boolean own(item) { item.a == s }
println later
def later = 1
["users"].each { it ->
  copy { from "prod:$it"; to "dev:$it"; filter { it -> it.a == 1 } }
}
["users"].each { table ->
  copy { from "prod:$table"; to "dev:$table"; filter { table -> own(table) } }
}
