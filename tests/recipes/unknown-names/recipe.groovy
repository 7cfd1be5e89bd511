def tables = ["users"]
tabels.each { copy { from "prod:$it"; to "dev:$it" } }
copy {
  from prodTable
  to "dev:${tabel}"
  segments tables.siez()
  limit "x".lenght
  where pk: PARTITION
}
nothing = 5
Foo.bar()
tables.eech { println it }
def x = new Sting("a")
copy {
  from "prod:$name"
  to at
  onFailure { deadLetter copy }
}
