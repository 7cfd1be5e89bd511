def config = [way: "skipp", attribute: null, number: "5", time: "5 minutes", none: [:]]
copy { from "prod:users"; to "dev:users"; onConflict config.way }
copy { from "prod:users"; to "dev:users"; onConflict newer: config.attribute }
copy { from "prod:users"; to "dev:users"; onConflict newer: " " }
copy { from "prod:users"; to "dev:users"; onConflict "skip"; replace() }
copy { from "prod:users"; to "dev:users"; onConflict config.none }
copy { from "prod:users"; to "dev:users"; retry attempts: config.number, base: config.time }
copy { from "prod:users"; to "dev:users"; retry attempts: 0, base: "1s", cap: "10ms" }
copy { from "prod:users"; to "dev:users"; retry giveUpAfter: "0s", cap: config.number }
