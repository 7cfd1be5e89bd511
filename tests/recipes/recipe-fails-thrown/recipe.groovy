def check(x) {
  if (x > 3) {
    throw new IllegalStateException("x is $x,\nwhich is too much")
  }
}
[1, 4].each { check(it) }
