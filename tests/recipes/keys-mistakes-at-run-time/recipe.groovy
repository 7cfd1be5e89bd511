def config = [none: null, both: [pk: 1, pks: "file:tenants.txt"]]
copy("1") { from "prod:users"; to "dev:users"; where config.both }
copy("2") { from "prod:users"; to "dev:users"; where pks: "tenants.txt" }
copy("3") { from "prod:users"; to "dev:users"; where pks: config.none }
copy("4") { from "prod:users"; to "dev:users"; where pks: "file:" }
copy("5") { from "prod:users"; to "dev:users"; where pk: [:] }
copy("6") { from "prod:users"; to "dev:users"; where pk: [country: "ch", city: null] }
copy("7") { from "prod:users"; to "dev:users"; where pk: [[country: "ch"], [country: ["at"]]] }
copy("8") { from "prod:users"; to "dev:users"; where pk: 1, skBetween: [day: "a", hour: 1] }
copy("9") { from "prod:users"; to "dev:users"; where pk: 1, skBegins: [day: true] }
query { from "dev:users"; where(*: [:]) }
