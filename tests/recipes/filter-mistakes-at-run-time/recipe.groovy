def config = [nothing: null]
copy("1") { from "prod:users"; to "dev:users"; filter { a, b -> a } }
copy("2") { from "prod:users"; to "dev:users"; filter { -> true } }
copy("3") { from "prod:users"; to "dev:users"; filter { String s -> s } }
copy("4") { from "prod:users"; to "dev:users"; filter { Map m -> m.x } }
copy("5") { from "prod:users"; to "dev:users"; filter "", values: [":a": 1] }
copy("6") { from "prod:users"; to "dev:users"; filter config.nothing }
