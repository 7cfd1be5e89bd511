def two = [pk: 1, sk: 1, skLess: 2]
copy("1") { from "prod:users"; to "dev:users"; where two }
copy("2") { from "prod:users"; to "dev:users"; where pk: [] }
copy("3") { from "prod:users"; to "dev:users"; where pk: 1, skBetween: ["a"] }
copy("4") { from "prod:users"; to "dev:users"; where pk: 1, skBetween: "a" }
copy("5") { from "prod:users"; to "dev:users"; where pk: 1, skBetween: [1, null] }
copy("6") { from "prod:users"; to "dev:users"; where pk: 1, sk: [1] }
copy("8") { from "prod:users"; to "dev:users"; where pk: 1, gsi: "" }
