copy("1") { from "prod:users"; to "dev:users"; where sk: 1 }
copy("2") { from "prod:users"; to "dev:users"; where pk: 1, sk: 1, skBegins: "a", skLess: 4 }
copy("3") { from "prod:users"; to "dev:users"; where pk: 1, gsi: "a", lsi: "b" }
copy("4") { from "prod:users"; to "dev:users"; where gsi: "a", lsi: "b", sk: 1, skLess: 2 }
copy("5") { from "prod:users"; to "dev:users"; where() }
