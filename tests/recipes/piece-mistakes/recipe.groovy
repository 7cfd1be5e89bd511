piece("scrub") { use "scrub" }
piece("a") { use "b" }
piece("b") { use "a"; segments "x".length() }
copy { from "prod:users"; to "dev:users"; use "skrub" }
copy { from "prod:users"; to "dev:users"; use "" }
