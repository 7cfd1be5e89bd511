includ "x.groovy"
env("x") { regoin "eu-west-1" }
piece("p") { limti 4 }
defaults { zzzzzz 4 }
copi { form "prod:users" }
copy {
  from "prod:users"
  onFailure { deadleter "x" }
  if (true) {
    ["a"].each { segmnts 4 }
  }
}
def helper() { cpoy { from "x" } }
["a"].each { rate 4 }
