def n = [3, 4]
assert n.size() > 5
