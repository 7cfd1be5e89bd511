// The places of words are right although calls stretch over lines and hold other words.
param "env", default: "prdo"
def f(x) { x }
copy {
  from(
      "${param("env")}:" +
          f("users")); to f(
      "nowhere:users")
}
