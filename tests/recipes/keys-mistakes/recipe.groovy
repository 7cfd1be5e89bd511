copy("1") { from "prod:users"; to "dev:users"; where pk: "t1", pks: "file:tenants.txt" }
copy("2") { from "prod:users"; to "dev:users"; where pks: ["t1", "t2"] }
copy("3") { from "prod:users"; to "dev:users"; where gsi: "byTenant" }
copy("4") { from "prod:users"; to "dev:users"; where pkk: "t1" }
delete { from "prod:users"; where skBegins: "a" }
