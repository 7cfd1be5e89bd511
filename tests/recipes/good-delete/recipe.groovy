def day = "2026-01-01"
delete { from "dev:users"; where pk: "t1" }
delete {
  from "dev:visits"
  where pk: [day, "${day}T"], skLess: 9, gsi: "byDay"
  filter "#s = :v", names: ["#s": "status"], values: [":v": "done"]
  filter { it.age > 41 }
  segments 8
  writers 4
  limit 1000
}
for (tenant in ["t1", "t2"]) {
  delete { from "dev:orders"; where pk: tenant }
}
