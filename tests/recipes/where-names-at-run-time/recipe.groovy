def keys = [PK: 1, gsi: "a", lsi: "b"]
def fine = [pk: 1]
copy("1") { from "prod:users"; to "dev:users"; where keys }
copy("2") { from "prod:users"; to "dev:users"; where(*: keys) }
copy("3") { from "prod:users"; to "dev:users"; filter "x", *: fine }
