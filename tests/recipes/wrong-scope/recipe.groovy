region "eu-west-1"
from "prod:users"
deadLetter "x"
env("x") { from "prod:users"; env("y") { region "x" } }
copy {
  region "x"
  stopAfter 3
  copy { from "x" }
  include "x.groovy"
  param "x", default: 3
  onFailure { from "x"; limit 3 }
}
