def n = 3
assert n > 5 : "n must be large"
assert n > 5
