def t = "x"
copy("a ${t}") {
  from "prod:${t}"
  onFailure {
    stopAfter = = 4
  }
}
