def city = "Bern"
copy("one") { from "prod:users"; to "dev:users"; where pk: [country: "ch", city: "${city}"], gsi: "byPlace" }
copy("two") { from "prod:users"; to "dev:users"; where pk: [[country: "ch", city: "Bern"], [country: "at", city: "Linz"]], gsi: "byPlace" }
copy("three") { from "prod:users"; to "dev:users"; where pk: "t1", sk: [day: "2026-01-01", hour: 7], gsi: "byHour" }
copy("four") { from "prod:users"; to "dev:users"; where pk: "t1", skBetween: [[day: "a", hour: 1], [day: "a", hour: 5]], gsi: "byHour" }
