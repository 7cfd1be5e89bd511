// None of this is about copying: the checker must let ordinary Groovy through.
import groovy.transform.Canonical
import java.time.*
import java.util.function.Function
import java.util.regex.Pattern
import static java.util.stream.Collectors.toList

trait Named { String name; String shout() { name.toUpperCase() } }

@Canonical class Table implements Named { int size; Map<String, Object> more = [:] }

record Point(int x, int y) { }

class Counter {
  int n
  static int made
  Counter() { made++ }
  Counter next() { n++; this }
  def propertyMissing(String name) { name }
  def methodMissing(String name, args) { "$name${args.size()}" }
}

interface Rule { boolean fits(String s) }

<T> T same(T x) { x }
int sum(int... xs) { xs.sum() }
def optional(a, b = a + 1, c = b * 2) { [a, b, c] }
static String shared(String s) { s.reverse() }
def recursive(int n) { n <= 1 ? 1 : n * recursive(n - 1) }

def list = [1, 2, 3]
list << 4
list += 5
assert list*.toString().join(",") == "1,2,3,4,5"
assert list.collect { it * 2 }.findAll { it > 4 }.inject(0) { a, b -> a + b } == 24
assert list.groupBy { it % 2 }.collectEntries { k, v -> [(k): v.size()] } == [0: 2, 1: 3]
assert list[-1] == 5 && list[0..1] == [1, 2]
def (a, b) = list
def map = [one: 1, "two words": 2]
map.three = 3
map["four"] = 4
map.nested = [deep: [er: true]]
assert map.nested.deep.er
map.nested.deep.er = false
map.each { k, v -> assert k != null }
map.eachWithIndex { e, i -> assert e.key && i >= 0 }
map.count ?= 5
map.count++
assert map?.missing?.at?.all == null
def text = "key=value; other=thing"
def parsed = text.split(/;\s*/).collectEntries { it.split("=") as List }
assert parsed.key == "value"
def matcher = "users-2026" =~ /(\w+)-(\d+)/
assert matcher.matches() && matcher[0][2].toInteger() == 2026
assert "x" ==~ Pattern.compile("x")
def multi = """
  lines ${a + b}
""".stripIndent().trim()
def slashy = /a\d/ + $/dollar $a/$
def bytes = "abc".getBytes("UTF-8")
def file = new File("no-such-file")
if (file.exists()) { file.eachLine { println it } }
def properties = new Properties()
properties.load(new StringReader("a=b"))
assert properties.a == "b" && properties.getProperty("a") == "b"
def when = LocalDate.of(2026, 1, 31)
assert when.plusMonths(1).dayOfMonth == 28 && when.year == 2026
assert Duration.ofHours(2).toMinutes() == 120
def upper = String.&toUpperCase
def add = { x, y = 10 -> x + y }
def add5 = add.curry(5)
assert add5(1) == 6 && add(1) == 11 && add.call(1, 2) == 3
def composed = { it + 1 } >> { it * 2 }
assert composed(3) == 8
Function<Integer, Integer> square = x -> x * x
assert square.apply(3) == 9
Rule rule = { it.startsWith("u") }
assert rule.fits("users")
def anonymous = new Rule() { boolean fits(String s) { s.empty } }
assert anonymous.fits("")
def table = new Table(name: "users", size: 3)
table.more.x = 1
assert table.shout() == "USERS" && table.with { size + more.x } == 4
assert table.tap { size = 9 }.size == 9
def counter = new Counter().next().next()
assert counter.n == 2 && counter.anything == "anything" && counter.whatever(1, 2) == "whatever2"
assert new Point(1, 2).x() == 1
assert same("x").length() == 1 && sum(1, 2, 3) == 6 && optional(1) == [1, 2, 4]
assert shared("ab") == "ba" && recursive(5) == 120
def unknown = map.get("nested")
assert unknown.deep instanceof Map
def thing = [1, "a", null, 2.5, [x: 1]]
thing.each { if (it instanceof String) { assert it.length() == 1 } }
def result = switch (thing.size()) { case 5 -> "five"; default -> "other" }
assert result == "five"
outer:
for (i in 0..<3) { for (j in 0..<3) { if (j == 1) { continue outer } } }
int i = 0
while (i < 3) { i++ }
do { i-- } while (i > 0)
def set = ["b", "a"] as TreeSet
assert set.first() == "a" && set in Set
def total = 0
[1, 2].each { n -> [3, 4].each { m -> total += n * m } }
def captured = []
(1..3).each { captured << { -> it } }
assert captured*.call() == [1, 2, 3]
def expando = new Expando(name: "x")
expando.greet = { "hi $name" }
assert expando.greet() == "hi x"
def thrown = null
try { throw new IOException("x") } catch (IOException | RuntimeException e) { thrown = e } finally { total++ }
assert thrown?.message == "x"
Object object = "text"
assert object.length() == 4 && object.toUpperCase() == "TEXT"
def value = list.stream().map { it + 1 }.collect(toList())
def sorted = [[n: 2], [n: 1]].sort { x, y -> x.n <=> y.n }.first().n
def env = System.getenv()
assert env.NO_SUCH_VARIABLE == null
def later = { -> copy("later") { from "prod:$table.name"; to "dev:users" } }
later()
def words = ["users", "orders"].collect { t -> [t, t.length()] }
words.each { t, n -> copy("$t") { from "prod:$t"; to "dev:$t"; segments n; project "$t", "x" } }
for (entry in [users: 2]) { copy("e ${entry.key}") { from "prod:${entry.key}"; to "dev:x${entry.value}y"; limit entry.value } }
def plan(String name, Closure<?> more = null) { copy("plan $name") { from "prod:$name"; to "dev:$name" } }
plan("users")
plan "orders"
println "done: ${list.size()} $slashy ${multi.length()} ${bytes.length} ${upper('x')} $value $sorted"
sleep 1
