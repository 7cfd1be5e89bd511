def tables = ["users", "orders"]

for (t in tables) {
  copy { from "prod:${t}"; to "dev:${t}" }
}

tables.each { t ->
  copy("again ${t}") {
    from "prod:${t}"
    to "dev:${t}"
  }
}

[users: 8, orders: 2].each { table, n ->
  copy("wide $table") {
    from "prod:$table"
    to "dev:$table"
    ["a", "b"].each { unused -> limit n }
    segments n
  }
}

for (int i = 0; i < 2; i++) {
  copy("numbered $i") { from "prod:users-$i"; to "dev:users-$i"; limit i + 1 }
}
