def both = { from, cond -> cond }
def t = "t"
copy("1") { from "prod:users"; to "dev:users"; where pk: "t1" }
copy("2") { from "prod:users"; to "dev:users"; where pk: ["t1", "t2"], sk: 42 }
copy("3") { from "prod:users"; to "dev:users"; where pk: "${t}1", skBetween: ["a", "m"] }
copy("4") { from "prod:users"; to "dev:users"; where pk: 1, skLess: 2.50, gsi: "byAge" }
copy("5") { from "prod:users"; to "dev:users"; where pk: 1, skAtMost: 2L, lsi: "byDay" }
copy("6") { from "prod:users"; to "dev:users"; where pk: 1..3, skGreater: "a" }
copy("7") { from "prod:users"; to "dev:users"; where pk: "a".bytes.length, skAtLeast: "${t}" }
def keys = [pk: "x", skBegins: "y"]
copy("8") { from "prod:users"; to "dev:users"; where keys }
copy("9") { from "prod:users"; to "dev:users"; where(*: keys, gsi: "g") }
