package org.dynocopy.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.ShapeStep.Basis;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a resumed run compares of a filter: its code and what that uses, and nothing else. */
@Execution(ExecutionMode.CONCURRENT)
class FilterBasisTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("dev", "prod"), Optional.empty(), Environments.Defaults.NONE);

  private static final String RECIPE =
      """
      import groovy.transform.Field
      @Field static final Map LIMITS = [max: 41]
      @Field def least = 1
      class Rule {
        static int most = 9
        int n
        boolean keeps(item) { item.n < n && helper(item) }
        private boolean helper(item) { item.m != 3 }
      }
      class Unused { int x = 5 }
      param 'since', default: 10
      param 'dollars', default: 20
      def isOld(item) { isVeryOld(item) || item.age > 40 }
      def isVeryOld(item) { item.age > 80 }
      def isAdmin(item) { item.role == 'admin' }
      def other(item) { item.other }
      def names = ['a', 'b']
      def unused = 7
      def rule = new Rule(n: 4)
      def short_ = { it.size() < 6 }
      def near = { a, b -> a.x < b }
      copy {
        from 'prod:users'
        to 'dev:users'
        budget 10
        filter { item ->
          // those that count
          isOld(item) && item.name in names && rule.keeps(item) && LIMITS.max > item.n
        }
        filter { it.at > param('since') && it.n > least }
        filter short_ >> { !it }
        filter near.rcurry(5)
        filter this.&isAdmin
        filter { Rule.most > it.n && it.all { x ->
          x.y > 12
        } }
      }
      """;

  @TempDir private Path folder;

  private List<Basis> bases(String recipe, Map<String, String> params) throws IOException {
    Path file = Files.writeString(folder.resolve("recipe.groovy"), recipe);
    Copy copy = (Copy) Recipe.load(file, params, ENVIRONMENTS).get(0);
    return copy.reading().clientFilters().stream().map(f -> f.basis().orElseThrow()).toList();
  }

  private List<Basis> bases(String recipe) throws IOException {
    return bases(recipe, Map.of());
  }

  private Basis basis(String filter) throws IOException {
    return bases(
            "def a = [:]\ncopy { from 'prod:users'; to 'dev:users'\n filter { " + filter + " } }")
        .get(0);
  }

  @Test
  void arraysAndListsWithNullAreValuesToo() throws IOException {
    String recipe =
        "def a = [null, 1] as Object[]\ndef b = Arrays.asList(null, 'x')\n"
            + "copy { from 'prod:users'; to 'dev:users'\n filter { it.n in a || it.n in b } }";
    assertThat(bases(recipe).get(0).values()).contains("[null, 1]", "[null, \"x\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "budget 10 | budget 20",
        "// those that count | /* those that do */ // not",
        "def unused = 7 | def unused = 8",
        "x = 5 | x = 6",
        "item.other | item.another",
        "copy { | def nothing = { it.a == 3 }; copy {",
        "isOld(item) && | isOld( item )&& /* and */",
        "param 'dollars', default: 20 | param 'dollars', default: 30",
      })
  void whatTheFilterDoesNotUseIsNoPartOfIt(String before, String after) throws Exception {
    assertThat(RECIPE).contains(before);
    List<Basis> expected = bases(RECIPE);
    assertThat(expected).allSatisfy(basis -> assertThat(basis.unknown()).isEmpty());
    assertThat(bases(RECIPE.replace(before, after))).isEqualTo(expected);
    String broken = RECIPE.replace("x ->\n    x.y", "x -> x.y").replace("\n", "\n\n");
    assertThat(bases(broken)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | isOld(item) && | !isOld(item) &&",
        "0 | item.age > 40 | item.age > 41",
        "0 | item.age > 80 | item.age > 81",
        "0 | ['a', 'b'] | ['a', 'b', 'c']",
        "0 | new Rule(n: 4) | new Rule(n: 5)",
        "0 | item.m != 3 | item.m != 4",
        "0 | [max: 41] | [max: 42]",
        "1 | default: 10 | default: 11",
        "1 | least = 1 | least = 2",
        "2 | it.size() < 6 | it.size() < 7",
        "2 | !it | it",
        "3 | a.x < b | a.x > b",
        "3 | rcurry(5) | rcurry(6)",
        "4 | item.role == 'admin' | item.role == 'Admin'",
        "5 | most = 9 | most = 8",
        "5 | x.y > 12 | x.y > 13",
      })
  void whatTheFilterUsesIsPartOfIt(int filter, String before, String after) throws Exception {
    assertThat(RECIPE).contains(before);
    assertThat(bases(RECIPE.replace(before, after)).get(filter))
        .isNotEqualTo(bases(RECIPE).get(filter));
  }

  @Test
  void aParamIsPartOfTheFilterThatReadsIt() throws Exception {
    List<Basis> other = bases(RECIPE, Map.of("since", "12"));
    assertThat(other.get(1)).isNotEqualTo(bases(RECIPE).get(1));
    assertThat(other.get(0)).isEqualTo(bases(RECIPE).get(0));
  }

  /** Any of them may be the one whose name is made. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "it.at > param(\"${'sin' + 'ce'}\")",
        "it.at > param('sin' + 'ce')",
        "it.at > param(['since'].first())"
      })
  void paramWhoseNameIsMadeIsPartOfTheFilter(String filter) throws Exception {
    String recipe =
        "param 'since', default: 10\nparam 'until', default: 20\n"
            + "copy { from 'prod:users'; to 'dev:users'\n filter { "
            + filter
            + " } }";
    Basis usual = bases(recipe).get(0);
    for (String param : List.of("since", "until")) {
      assertThat(bases(recipe, Map.of(param, "12"))).doesNotContain(usual);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it.a == System.getenv('PATH')",
        "it.a == System.env.PATH",
        "it.a == System.env['PATH']",
        "it.a == System.getenv().PATH",
        "it.a == System.getenv().get('PATH')",
        "it.list.any { x -> x == java.lang.System.getenv(\"PATH\") }",
      })
  void anEnvironmentVariableThatIsNamedIsCompared(String filter) throws Exception {
    assertThat(basis(filter).unknown()).isEmpty();
    assertThat(basis(filter).outside())
        .isEqualTo(Map.of("System.getenv(\"PATH\")", System.getenv("PATH")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it.a == System.getProperty('user.dir')",
        "it.a == System.getProperty('user.dir', '/')",
        "it.a == System.properties['user.dir']",
        "it.a == Integer.getInteger('user.dir')",
        "it.a == Long.getLong('user.dir')",
        "it.a == Boolean.getBoolean('user.dir')",
      })
  void aSystemPropertyThatIsNamedIsCompared(String filter) throws Exception {
    assertThat(basis(filter).unknown()).isEmpty();
    assertThat(basis(filter).outside())
        .isEqualTo(Map.of("System.getProperty(\"user.dir\")", System.getProperty("user.dir")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "it.at > System.currentTimeMillis() | System.currentTimeMillis",
        "it.at > System.nanoTime() | System.nanoTime",
        "it.at > new Date().time | new Date()",
        "it.at > java.time.Instant.now().toString() | Instant.now",
        "it.at > java.time.LocalDate.now().toString() | LocalDate.now",
        "def c = java.time.LocalDate; it.at > c.now().toString() | now",
        "Math.random() < 0.5 | Math.random",
        "new Random().nextBoolean() | new Random()",
        "UUID.randomUUID().toString() > it.id | UUID.randomUUID",
        "new File('ids.txt').readLines().contains(it.id) | new File()",
        "java.nio.file.Files.exists(null) | Files.exists",
        "'http://localhost/'.toURL().text | toURL",
        "'date'.execute().text == it.a | execute",
        "System.getenv(it.a) | System.getenv",
        "System.getenv().any { it } | System.getenv",
        "System.env[it.a] | System.env",
        "Locale.default.toString() == it.a | Locale.default",
        "def s = System; s.getenv('X') | System",
        "a.n = it.n | `a`, which it changes",
        "a[it.n] = 1 | `a`, which it changes",
        "a.put(it.n, 1) == null | `a`, which it changes",
        "(a << [(it.n): 1]).size() < 9 | `a`, which it changes",
      })
  void whatAnotherRunCannotCompareIsNamed(String filter, String what) throws Exception {
    assertThat(basis(filter).unknown()).contains(what);
  }

  /** These are classes of packages whose others have the same value for everybody at any time. */
  @Test
  void classesThatReadTheTimeChanceOrTheMachineAreNamed() throws Exception {
    Map<String, String> uses =
        Map.ofEntries(
            Map.entry("java.time.Clock.tickMinutes(java.time.ZoneOffset.UTC)", "Clock.tickMinutes"),
            Map.entry("Calendar.getInstance()", "Calendar.getInstance"),
            Map.entry("new GregorianCalendar()", "new GregorianCalendar()"),
            Map.entry("TimeZone.getTimeZone('x')", "TimeZone.getTimeZone"),
            Map.entry("ResourceBundle.getBundle('x')", "ResourceBundle.getBundle"),
            Map.entry("ServiceLoader.load(String)", "ServiceLoader.load"),
            Map.entry("new Scanner('x')", "new Scanner()"),
            Map.entry("new SplittableRandom(1)", "new SplittableRandom()"),
            Map.entry("new Timer()", "new Timer()"),
            Map.entry("Thread.currentThread()", "Thread.currentThread"),
            Map.entry("Runtime.getRuntime()", "Runtime.getRuntime"));
    StringBuilder filters = new StringBuilder("copy { from 'prod:users'; to 'dev:users'\n");
    uses.keySet().forEach(use -> filters.append(" filter { " + use + " != null }\n"));
    List<Basis> bases = bases(filters + "}");
    int place = 0;
    for (String what : uses.values()) {
      assertThat(bases.get(place++).unknown()).contains(what);
    }
  }

  /** Its code is the same, but not what the recipe has put there. */
  @Test
  void staticFieldOfAClassThatTheFilterUsesIsPartOfIt() throws Exception {
    String recipe =
        "class Rule { static int most = 1 }\nparam 'most', default: 3\n"
            + "Rule.most = param('most')\n"
            + "copy { from 'prod:users'; to 'dev:users'\n filter { Rule.most > it.n } }";
    assertThat(bases(recipe, Map.of("most", "4"))).isNotEqualTo(bases(recipe));
    assertThat(bases(recipe, Map.of("most", "3"))).isEqualTo(bases(recipe));
  }

  /** What an item leaves behind for the next ones, another run does not have. */
  @Test
  void methodsThatChangeAnObjectOfTheRecipeAreNamed() throws Exception {
    List<String> calls =
        List.of(
            "a.put(it.n, 1)",
            "a.putAll([(it.n): 1])",
            "a.putIfAbsent(it.n, 1)",
            "a.remove(it.n)",
            "a.clear()",
            "a.compute(it.n) { k, v -> 1 }",
            "a.computeIfAbsent(it.n) { 1 }",
            "a.merge(it.n, 1) { x, y -> 2 }",
            "b.add(it.n)",
            "b.addAll([it.n])",
            "b.removeAll([it.n])",
            "b.retainAll([it.n])",
            "b.removeIf { x -> x == it.n }",
            "b.set(0, it.n)",
            "b.push(it.n)",
            "b.pop()",
            "c.offer(it.n)",
            "c.poll()",
            "d.append(it.n)",
            "e.incrementAndGet()",
            "e.getAndIncrement()",
            "e.addAndGet(1)",
            "e.getAndAdd(1)",
            "e.decrementAndGet()",
            "f.increment()",
            "g.next()");
    String recipe =
        """
        def a = [:]
        def b = [1]
        def c = new ArrayDeque()
        def d = new StringBuilder()
        def e = new java.util.concurrent.atomic.AtomicInteger()
        def f = new java.util.concurrent.atomic.LongAdder()
        def g = b.iterator()
        copy { from 'prod:users'; to 'dev:users'
        """
            + calls.stream()
                .map(call -> "  filter { " + call + "; true }\n")
                .collect(Collectors.joining())
            + "}";
    List<Basis> bases = bases(recipe);
    for (int i = 0; i < calls.size(); i++) {
      assertThat(bases.get(i).unknown())
          .as(calls.get(i))
          .contains("`" + calls.get(i).charAt(0) + "`, which it changes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Integer.parseInt(it.a) > 3 && it.b ==~ /x+/",
        "java.time.Instant.parse(it.at) < java.time.Instant.ofEpochSecond(3)",
        "def seen = []; seen << it.a; seen.add(it.b); seen.size() > 1",
        "new Date(it.at as long).time > 3 && new BigDecimal('3') < it.n",
        "it.text.any { c -> c == 'a' } && Math.max(1, 2) > 1",
        "try { it.a.foo() } catch (MissingMethodException e) { e.message != null }",
      })
  void whatIsTheSameInEveryRunIsNot(String filter) throws Exception {
    assertThat(basis(filter).unknown()).isEmpty();
  }

  @Test
  void anObjectOfAnUnknownClassThatItHoldsIsNamed() throws Exception {
    String recipe =
        "def file = new File('x')\n"
            + "copy { from 'prod:users'; to 'dev:users'\n"
            + " filter { file.exists() } }";
    assertThat(bases(recipe).get(0).unknown()).containsExactly("an object of java.io.File");
  }
}
