// The mistake is reported once, not for each copy that uses the piece.
def config = [n: "x"]
piece("p") { segments config.n }
defaults { limit 0 }
copy { from "prod:users"; to "dev:users"; use "p" }
copy { from "prod:orders"; to "dev:orders"; use "p" }
copy { from "prod:events"; to "dev:events" }
copy { from "prod:others"; to "dev:others" }
