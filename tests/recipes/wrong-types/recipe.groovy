def words = "eight"
def table = 7
copy("x") {
  from 5
  to table
  segments words
  writers 4.5
  limit "${words}"
  project "a", 3
  filter 3
  onFailure { stopAfter "x" }
  where pk: "a", gsi: 4
  filter "x", names: "a", values: [1]
  segments null
  use 3
  segments 8L
  copy("inner") { }
}
param "tenant", required: "yes", help: 3
env(3) { region 4; readOnly true; credentials "a", 4 }
include 4
