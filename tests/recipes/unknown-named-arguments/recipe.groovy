param "x", requierd: true, defualt: 4
copy {
  from "prod:users"
  to "dev:users"
  where pk: 1, skBegin: "a", gsi2: "x", zzz: 4
  filter "#s = 1", name: ["#s": "s"]
  limit count: 3
  segments n: 4, 5
}
