def again(x) { again(x + 1) }
again(1)
