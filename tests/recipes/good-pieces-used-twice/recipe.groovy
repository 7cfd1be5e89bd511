// A piece that is used twice, by the copy itself or by two of its pieces, is no circle.
piece("rest") { segments 5 }
piece("left") { use "rest"; writers 3 }
piece("right") { use "rest"; limit 7 }

copy("twice") { from "prod:users"; to "dev:users"; use "rest"; use "rest" }
copy("diamond") { from "prod:users"; to "dev:users"; use "left"; use "right" }
