// Defaults hold for copies before and after them; a copy's own words and its pieces win.
copy("before") { from "prod:users"; to "dev:users" }

defaults {
  segments 4
  limit 10
  filter { it.a }
  onFailure { stopAfter 7; deadLetter "default.jsonl" }
}

piece("outer") { use "inner"; writers 3 }
piece("inner") { segments 5; filter { it.b } }

copy("own") { from "prod:users"; to "dev:users"; segments 9; onFailure { stopAfter 8 } }
copy("piece then own") { from "prod:users"; to "dev:users"; use "outer"; segments 9 }
copy("own then piece") { from "prod:users"; to "dev:users"; segments 9; use "outer" }
copy("filters add up") { from "prod:users"; to "dev:users"; use "inner"; filter { it.c } }

defaults { limit 20 }
