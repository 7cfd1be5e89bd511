import java.time.LocalDate
import static java.lang.Math.max

class Shard {
  String name
  int size
  String toString() { "shard-$name" }
}

enum Kind { SMALL, BIG }

String table(String env, name = "users") { "$env:$name" }

def day = LocalDate.of(2026, 3, 1).plusDays(1)
def shards = [new Shard(name: "aa", size: 3), new Shard(name: "bb", size: 9)]
def config = [prod: [wide: 6, names: ["x", "y"]], unset: null]
def suffix = { String s -> s.toUpperCase() }
def (first, second) = ["one", "two"]
def kind = Kind.BIG
def home = System.getenv("NO_SUCH_VARIABLE") ?: "home"
int total = shards.sum { it.size } as int
def text = new StringBuilder().with { append "a"; append "b"; toString() }
def objects = ["s", 1, [k: 2]]
objects.each { assert it.toString().length() > 0 }
assert objects[2].k == 2
assert config.unset?.wide == null

switch (kind) {
  case Kind.BIG: total += 1; break
  default: total = 0
}

try {
  Integer.parseInt("x")
} catch (NumberFormatException e) {
  total++
}

shards.findAll { it.size > 2 }.sort { it.name }.each { s ->
  copy("$s ${suffix(s.name)}") {
    from table("prod", "users-${s.name}")
    to table("dev")
    segments config.prod.wide
    writers max(s.size, 4)
    limit total
    where pk: [first, second, "$day"], sk: config.prod.names[0]
    if (kind == Kind.BIG) {
      project(*config.prod.names)
    }
    onFailure { deadLetter "${home}-${text}.jsonl" }
  }
}
