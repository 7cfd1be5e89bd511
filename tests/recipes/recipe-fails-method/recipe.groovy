def config = [n: "eight"]
config.n.frobnicate(1, "x")
