defaults {
  verify { count() }
}
copy("counted") { from "prod:users"; to "dev:users" }
copy("all") { from "prod:users"; to "dev:users"; limit 10; verify { sample 3; count() } }
copy("empty") { from "prod:users"; to "dev:users"; verify { } }
verify { from "prod:users"; to "dev:users" }
verify {
  from "prod:users"
  to "dev:users"
  where gsi: "byTenant", pk: "t1"
  filter { item -> item.age > 41 }
  segments 4
  writers 2
  full()
  sample 10
  repair deleteExtra: true
}
verify { from "file:users.fp"; to "dev:users"; where pk: "t1" }
verify { from "prod:users"; to "dev:users"; repair(); rate read: 500, write: "50%"; budget 20 }
