def config = [n: "eight"]
int n = config.n
