package org.dynocopy.store.dynamo.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.dynocopy.store.dynamo.TableInfos.AT;
import static org.dynocopy.store.dynamo.TableInfos.TENANT;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Page;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source.Split;
import org.dynocopy.core.StoreException;
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Retries;
import org.dynocopy.item.ItemMap;
import org.dynocopy.item.SameValue;
import org.dynocopy.shape.Pipeline;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableInfo.Index;
import org.dynocopy.store.TableInfo.Key;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.dynamo.FakeIndex;
import org.dynocopy.store.dynamo.FakeService;
import org.dynocopy.store.dynamo.TableInfos;
import org.dynocopy.store.dynamo.key.KeyExtractor;
import org.dynocopy.store.dynamo.key.RangePart;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.NoDeadLetters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a partition key is shared out, its items come, and each of them once. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class QuerySplitTest {

  private static final Backoff AT_ONCE =
      new Backoff(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(20));
  private static final Key ID = new Key("id", KeyAttributeType.S);

  /** What is read by key, with the sort key {@code sk}. */
  private enum Shape {
    TABLE,
    LOCAL,
    GLOBAL,
    GLOBAL_KEYS_ONLY,
    GLOBAL_WITHOUT_SORT_KEY,
    GLOBAL_WITH_TWO_SORT_KEYS;

    TableInfo of(KeyAttributeType type) {
      Key sk = new Key("sk", type);
      List<Key> sort =
          switch (this) {
            case GLOBAL_WITHOUT_SORT_KEY -> List.of();
            case GLOBAL_WITH_TWO_SORT_KEYS -> List.of(new Key("level", KeyAttributeType.N), sk);
            default -> List.of(sk);
          };
      Index index =
          new Index(
              "byTenant",
              this != LOCAL,
              List.of(TENANT),
              sort,
              this != GLOBAL_KEYS_ONLY,
              Set.of(),
              1,
              1);
      return switch (this) {
        case TABLE -> TableInfos.table(List.of(TENANT, sk));
        case LOCAL -> TableInfos.table(List.of(TENANT, ID), index);
        default -> TableInfos.table(List.of(ID), index);
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void everyItemComesOnce(Shape shape) {
    Cases.forAll(
        60,
        random -> {
          KeyAttributeType type = KeyAttributeType.values()[random.nextInt(3)];
          Given given = new Given(shape.of(type), sortKeys(type, random), random);
          boolean filtered = shape != Shape.GLOBAL_KEYS_ONLY && random.nextInt(6) == 0;
          Selection selection = given.selection(filtered);
          List<Object> expected = new ArrayList<>();
          for (Map<String, Object> item : given.service.items()) {
            if (selection.keys().get().matching().test(item)
                && (!filtered || item.containsKey("kept"))) {
              expected.add(given.service.key(item));
            }
          }
          Read read = new Read(given.service, selection);
          assertThat(counts(read.keys())).isEqualTo(counts(expected));
          assertThat(read.outcome.complete()).isTrue();
          assertThat(read.outcome.counts().gone()).isZero();
          assertThat(read.outcome.counts().written()).isEqualTo(expected.size());
          for (Map<String, Object> item : read.items) {
            assertThat(item.containsKey("whole")).isEqualTo(selection.attributes().isEmpty());
          }
        });
  }

  /** Nothing says that one direction is the mirror of the other where sort keys are equal. */
  @Test
  void orderWithoutMirrorLosesNoItem() {
    Cases.forAll(
        60,
        random -> {
          TableInfo info = Shape.GLOBAL_WITHOUT_SORT_KEY.of(KeyAttributeType.S);
          Given given = new Given(info, sortKeys(KeyAttributeType.S, random), random);
          given.service.breakMirror();
          Selection selection = given.selection(false);
          Set<Object> expected = new HashSet<>();
          for (Map<String, Object> item : given.service.items()) {
            if (selection.keys().get().matching().test(item)) {
              expected.add(given.service.key(item));
            }
          }
          assertThat(Set.copyOf(new Read(given.service, selection).keys())).isEqualTo(expected);
        });
  }

  /** A run that was killed goes on with the ranges that its readers had cut. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void nothingIsMissingFromAnyCheckpointOn(Shape shape) {
    Cases.forAll(
        20,
        random -> {
          KeyAttributeType type = KeyAttributeType.values()[random.nextInt(3)];
          Given given = new Given(shape.of(type), sortKeys(type, random), random);
          Selection selection = given.selection(false);
          Set<Object> expected = new HashSet<>();
          for (Map<String, Object> item : given.service.items()) {
            if (selection.keys().get().matching().test(item)) {
              expected.add(given.service.key(item));
            }
          }
          Read first = new Read(given.service, selection);
          List<Read.Killed> moments = new ArrayList<>(first.killed);
          Collections.shuffle(moments, random);
          for (Read.Killed killed : moments.subList(0, Math.min(2, moments.size()))) {
            Read second = new Read(given.service, selection, killed.checkpoint());
            Set<Object> all = new HashSet<>(first.keys().subList(0, killed.taken()));
            all.addAll(second.keys());
            assertThat(all).isEqualTo(expected);
            assertCounts(expected, killed, second);
            // And once more, at a moment of the second run.
            List<Read.Killed> later = new ArrayList<>(second.killed);
            if (!later.isEmpty()) {
              Read.Killed again = later.get(random.nextInt(later.size()));
              Read third = new Read(given.service, selection, again.checkpoint());
              Set<Object> before = new HashSet<>(first.keys().subList(0, killed.taken()));
              before.addAll(second.keys().subList(0, again.taken()));
              before.addAll(third.keys());
              assertThat(before).isEqualTo(expected);
              assertCounts(expected, again, third);
            }
          }
        });
  }

  /**
   * What was settled before counts, and every item that was written since; half pages only if they
   * are the same pages still, which here is a matter of chance.
   */
  private static void assertCounts(Set<Object> expected, Read.Killed from, Read run) {
    assertThat(run.outcome.complete()).isTrue();
    long since = run.items.size();
    assertThat(run.outcome.counts().written())
        .isBetween(
            from.checkpoint().counts().written() + since,
            from.checkpoint().settled().written() + since)
        .isEqualTo(expected.size());
  }

  /** Others come, go and move meanwhile, also in the table before the index knows. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void noItemThatStaysInItsPlaceIsMissing(Shape shape) {
    Cases.forAll(
        40,
        random -> {
          KeyAttributeType type = KeyAttributeType.values()[random.nextInt(3)];
          Supplier<Object> sortKeys = sortKeys(type, random);
          Given given = new Given(shape.of(type), sortKeys, random);
          List<Map<String, Object>> moving = new ArrayList<>(given.service.items());
          moving.removeIf(item -> random.nextBoolean());
          Selection selection = given.selection(false);
          Set<Object> staying = new HashSet<>();
          given.service.items().stream()
              .filter(
                  item -> selection.keys().get().matching().test(item) && !moving.contains(item))
              .forEach(item -> staying.add(given.service.key(item)));
          given.service.meanwhile =
              () -> {
                for (int i = random.nextInt(4); i > 0 && !moving.isEmpty(); i--) {
                  Map<String, Object> item = moving.remove(random.nextInt(moving.size()));
                  Map<String, Object> moved = new HashMap<>(item);
                  moved.put(random.nextBoolean() ? "sk" : "whole", sortKeys.get());
                  boolean taken = given.service.isThere(moved);
                  if (taken && !given.service.key(item).equals(given.service.key(moved))) {
                    continue;
                  }
                  switch (random.nextInt(3)) {
                    case 0 -> given.service.remove(given.service.key(item));
                    case 1 -> given.service.putBehind(moved);
                    default -> {
                      given.service.remove(given.service.key(item));
                      given.service.put(moved);
                      moving.add(moved);
                    }
                  }
                }
              };
          Read read = new Read(given.service, selection);
          assertThat(new HashSet<>(read.keys())).containsAll(staying);
          assertThat(read.outcome.complete()).isTrue();
          if (shape == Shape.TABLE) {
            read.items.removeIf(item -> !staying.contains(given.service.key(item)));
            assertThat(counts(read.keys())).isEqualTo(counts(staying));
          }
        });
  }

  /** Its keys in the table are the same, its place is not. */
  @Test
  void itemThatMovesToTheOtherEndIsNotWhereReadersMeet() throws Exception {
    TableInfo info = Shape.GLOBAL_WITH_TWO_SORT_KEYS.of(KeyAttributeType.N);
    FakeIndex service = new FakeIndex(info, new Random(7));
    Set<Object> staying = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Map<String, Object> item = item("u" + i, i);
      item.put("level", BigDecimal.ZERO);
      service.put(item);
      staying.add(item.get("id"));
    }
    Selection selection =
        TableInfos.selection(
            info,
            plan ->
                plan.segments(2, AT).where(TableInfos.where(Optional.of("byTenant"), "t1"), AT));
    Split up =
        new TableSource(selection, new FakeService(service).wire()).splits().iterator().next();
    RequestSender requests = Retries.patient(Duration.ofSeconds(5));
    Page first = up.read(Optional.empty(), requests);
    List<Split> given = up.divide(first.next().orElseThrow(), 1, requests);
    Map<String, Object> moving =
        new HashMap<>(new ItemMap(first.items().get(first.items().size() - 1)));
    moving.put("level", BigDecimal.TEN);
    service.put(moving);
    Set<Object> read = new HashSet<>();
    for (Item item : first.items()) {
      read.add(new ItemMap(item).get("id"));
    }
    Optional<Page.Position> next = Optional.empty();
    do {
      Page page = given.get(0).read(next, requests);
      for (Item item : page.items()) {
        read.add(new ItemMap(item).get("id"));
      }
      next = page.next();
    } while (next.isPresent());
    assertThat(read).isEqualTo(staying);
  }

  /** What of the other end has passed the limit would be in no checkpoint. */
  @Test
  void keyIsReadFromOneEndUnderALimit() throws Exception {
    TableInfo info = Shape.GLOBAL_WITHOUT_SORT_KEY.of(KeyAttributeType.S);
    FakeIndex service = new FakeIndex(info, new Random(7));
    for (int i = 0; i < 100; i++) {
      service.put(item("u" + i, i));
    }
    KeyCondition where = TableInfos.where(Optional.of("byTenant"), "t1");
    for (boolean limited : List.of(false, true)) {
      Selection selection =
          TableInfos.selection(
              info,
              plan -> {
                plan.segments(2, AT).where(where, AT);
                return limited ? plan.limit(90, AT) : plan;
              });
      Split split =
          new TableSource(selection, new FakeService(service).wire()).splits().iterator().next();
      RequestSender requests = Retries.patient(Duration.ofSeconds(5));
      Page first = split.read(Optional.empty(), requests);
      assertThat(split.divide(first.next().orElseThrow(), 1, requests)).hasSize(limited ? 0 : 1);
    }
  }

  /** As in an index by the time of the last change: what is read serially is at its end again. */
  @ParameterizedTest
  @EnumSource(
      value = SortWord.class,
      names = {"GREATER", "AT_LEAST", "AT_MOST", "BETWEEN"})
  void itemThatRisesAboveAllThatWasThereIsRead(SortWord word) throws Exception {
    TableInfo info = Shape.GLOBAL.of(KeyAttributeType.N);
    FakeIndex service = new FakeIndex(info, new Random(7));
    Set<Object> all = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      service.put(item("u" + i, i));
      all.add("u" + i);
    }
    Object[] bounds =
        switch (word) {
          case AT_MOST -> new Object[] {5_000};
          case BETWEEN -> new Object[] {-1, 5_000};
          default -> new Object[] {-1};
        };
    KeyCondition where =
        TableInfos.sorted(TableInfos.where(Optional.of("byTenant"), "t1"), word, bounds);
    Selection selection = TableInfos.selection(info, plan -> plan.segments(4, AT).where(where, AT));
    Split first =
        new TableSource(selection, new FakeService(service).wire()).splits().iterator().next();
    RequestSender requests = Retries.patient(Duration.ofSeconds(5));
    Set<Object> read = new HashSet<>();
    Optional<Page.Position> next = collect(first.read(Optional.empty(), requests), read);
    List<Split> given = first.divide(next.orElseThrow(), 3, requests);
    assertThat(given).isNotEmpty();
    for (Split split : given) {
      for (Optional<Page.Position> more = collect(split.read(Optional.empty(), requests), read);
          more.isPresent(); ) {
        more = collect(split.read(more, requests), read);
      }
      assertThat(split.after()).as("not the last range").isEmpty();
    }
    String unread = all.stream().filter(id -> !read.contains(id)).findFirst().orElseThrow() + "";
    service.remove(List.of(unread));
    service.put(item(unread, 1_000));
    while (next.isPresent()) {
      next = collect(first.read(next, requests), read);
    }
    List<Split> rest = first.after();
    assertThat(rest).hasSize(1);
    collect(rest.get(0).read(Optional.empty(), requests), read);
    assertThat(rest.get(0).after()).isEmpty();
    assertThat(read).isEqualTo(all);
  }

  /** A range that was cut after the first stop stands behind what comes above all ranges. */
  @Test
  void whatRoseAboveComesAfterAllRangesThatAreGoneOnWith() throws Exception {
    TableInfo info = Shape.GLOBAL.of(KeyAttributeType.N);
    FakeIndex service = new FakeIndex(info, new Random(7));
    for (int i = 0; i < 100; i++) {
      service.put(item("u" + i, i));
    }
    KeyCondition where = TableInfos.where(Optional.of("byTenant"), "t1");
    Selection selection = TableInfos.selection(info, plan -> plan.segments(4, AT).where(where, AT));
    Split undivided =
        new TableSource(selection, new FakeService(service).wire()).splits().iterator().next();
    Split one = undivided.part(part(0, 49, false));
    Split end = undivided.part(part(100, 200, true));
    Split other = undivided.part(part(50, 99, false));
    assertThat(one.after()).as("the other range is yet to be read").isEmpty();
    assertThat(end.after()).isEmpty();
    assertThat(other.after()).hasSize(1);
  }

  private static byte[] part(int low, int high, boolean end) {
    Optional<Object> from = Optional.of(BigDecimal.valueOf(low));
    Optional<Object> to = Optional.of(BigDecimal.valueOf(high));
    return new RangePart(from, to, BigDecimal.valueOf(99), end).json();
  }

  private static Optional<Page.Position> collect(Page page, Set<Object> ids) throws IOException {
    for (Item item : page.items()) {
      ids.add(new ItemMap(item).get("id"));
    }
    return page.next();
  }

  @Test
  void whatMovedInTheTableAloneCountsAsGone() throws Exception {
    Random random = new Random(1);
    TableInfo info = Shape.GLOBAL_KEYS_ONLY.of(KeyAttributeType.N);
    FakeIndex service = new FakeIndex(info, random);
    for (int i = 0; i < 6; i++) {
      service.put(item("u" + i, i));
    }
    Map<String, Object> otherTenant = item("u1", 1);
    otherTenant.put("tenant", "t2");
    service.putBehind(otherTenant);
    service.putBehind(item("u2", 100));
    Map<String, Object> noTenant = item("u3", 3);
    noTenant.remove("tenant");
    service.putBehind(noTenant);
    Selection selection =
        TableInfos.selection(
            info,
            plan ->
                plan.segments(2, AT)
                    .where(
                        TableInfos.sorted(
                            TableInfos.where(Optional.of("byTenant"), "t1"), SortWord.LESS, 5),
                        AT));
    Read read = new Read(service, selection);
    assertThat(read.items).extracting(item -> item.get("id")).containsExactlyInAnyOrder("u0", "u4");
    assertThat(read.outcome.counts().gone()).isEqualTo(3);
    assertThat(read.outcome.complete()).isTrue();
  }

  private static Map<Object, Long> counts(Collection<Object> keys) {
    return keys.stream().collect(Collectors.groupingBy(key -> key, Collectors.counting()));
  }

  private static Map<String, Object> item(String id, int sk) {
    return new HashMap<>(
        Map.of("id", id, "tenant", "t1", "sk", BigDecimal.valueOf(sk), "whole", true));
  }

  /** Items of one partition key among those of another, and a reading of them. */
  private static final class Given {
    final FakeIndex service;
    private final TableInfo info;
    private final Supplier<Object> sortKeys;
    private final Random random;

    Given(TableInfo info, Supplier<Object> sortKeys, Random random) {
      this.service = new FakeIndex(info, random);
      this.info = info;
      this.sortKeys = sortKeys;
      this.random = random;
      for (int i = random.nextInt(random.nextInt(5) == 0 ? 3 : 200); i > 0; i--) {
        Map<String, Object> item = new HashMap<>();
        item.put("tenant", random.nextInt(9) == 0 ? "t2" : "t1");
        item.put("sk", sortKeys.get());
        item.put("id", new UUID(random.nextLong(), random.nextLong()).toString());
        item.put("level", BigDecimal.valueOf(random.nextInt(3)));
        item.put("whole", true);
        if (random.nextBoolean()) {
          item.put("kept", true);
        }
        if (!service.isThere(item)) {
          service.put(item);
        }
      }
    }

    Selection selection(boolean filtered) {
      return TableInfos.selection(info, words().andThen(filter(filtered))::apply);
    }

    private static UnaryOperator<CopySpecBuilder> filter(boolean filtered) {
      ServerFilter kept = new ServerFilter("attribute_exists(kept)", Map.of(), Map.of());
      return plan -> filtered ? plan.filter(kept, AT) : plan;
    }

    private UnaryOperator<CopySpecBuilder> words() {
      Optional<String> index = info.indexes().keySet().stream().findFirst();
      List<Key> sort =
          info.indexes().isEmpty() ? info.keys() : info.indexes().get("byTenant").keys();
      Key compared = sort.get(Math.min(1, sort.size() - 1));
      boolean compares = sort.size() > 1 && random.nextBoolean();
      return plan -> {
        var where = TableInfos.where(index, "t1");
        plan.segments(1 + random.nextInt(8), AT);
        plan.where(compares ? compared(where, compared) : where, AT);
        if (random.nextInt(3) == 0) {
          plan.project(
              random.nextBoolean() ? List.of("tenant", "level", "sk") : List.of("kept"), AT);
        }
        return plan;
      };
    }

    private KeyCondition compared(KeyCondition where, Key key) {
      SortWord word = SortWord.values()[random.nextInt(SortWord.values().length)];
      if (word == SortWord.BEGINS && key.type() == KeyAttributeType.N) {
        word = SortWord.AT_LEAST;
      }
      Object one = value(key);
      Object other = value(key);
      if (word != SortWord.BETWEEN) {
        return TableInfos.sorted(where, word, word == SortWord.BEGINS ? beginning(one) : one);
      }
      boolean ordered = FakeIndex.compare(one, other) <= 0;
      return TableInfos.sorted(where, word, ordered ? one : other, ordered ? other : one);
    }

    private Object value(Key key) {
      List<Map<String, Object>> items = service.items();
      return items.isEmpty() || random.nextInt(4) == 0
          ? key.name().equals("sk") ? sortKeys.get() : BigDecimal.ONE
          : items.get(random.nextInt(items.size())).get(key.name());
    }

    private static Object beginning(Object key) {
      return key instanceof String text
          ? new String(Character.toChars(text.codePointAt(0)))
          : new byte[] {((byte[]) key)[0]};
    }
  }

  /** What a run has brought. */
  private static final class Read implements Sink {
    final List<Map<String, Object>> items;
    final Outcome outcome;
    private final ConcurrentLinkedQueue<Item> taken = new ConcurrentLinkedQueue<>();
    final Queue<Killed> killed = new ConcurrentLinkedQueue<>();
    private final KeyExtractor keys;
    private final Engine engine;

    /**
     * A moment at which it could have been killed.
     *
     * @param taken how many items it had brought by then
     */
    record Killed(Checkpoint checkpoint, int taken) {}

    Read(FakeIndex service, Selection selection) throws Exception {
      this(service, selection, Checkpoint.START);
    }

    Read(FakeIndex service, Selection selection, Checkpoint from) throws Exception {
      keys = new KeyExtractor(selection.table().keyNames());
      TableReading reading = new DynamoReading(selection, new FakeService(service).wire());
      RunSettings settings =
          new RunSettings(reading.readers(), 2, 64 << 20, OptionalLong.empty(), false, AT_ONCE);
      DeadLetters none = new BoundedDeadLetters(new NoDeadLetters(), 1);
      engine =
          new Engine(
              reading.source(),
              Pipeline.of(reading.shape(), reading.table().keyNames()),
              this,
              none,
              settings,
              RunListener.NONE,
              from,
              checkpoint -> {});
      outcome = engine.run();
      if (outcome.failure().isPresent()) {
        throw outcome.failure().get();
      }
      items = new ArrayList<>();
      for (Item item : taken) {
        items.add(new HashMap<>(new ItemMap(item)));
      }
    }

    List<Object> keys() throws StoreException {
      List<Object> found = new ArrayList<>();
      for (Map<String, Object> item : items) {
        found.add(keys.names().stream().map(name -> SameValue.canonical(item.get(name))).toList());
      }
      return found;
    }

    @Override
    public int maxItems() {
      return 1;
    }

    @Override
    public long maxBytes() {
      return Long.MAX_VALUE;
    }

    @Override
    public Object key(Item item) throws StoreException {
      return keys.of(item);
    }

    @Override
    public Written write(List<Item> batch) {
      if (taken.size() % 7 == 0) {
        Checkpoint now = engine.checkpoint();
        killed.add(new Killed(now, taken.size()));
      }
      taken.addAll(batch);
      return new Written(new BitSet(), 0);
    }
  }

  // Sort keys as tables have them, and as they should not be.

  private static Supplier<Object> sortKeys(KeyAttributeType type, Random random) {
    if (random.nextInt(4) == 0) {
      List<Object> few = new ArrayList<>();
      Supplier<Object> some = sortKeys(type, random);
      for (int i = random.nextInt(5); i >= 0; i--) {
        few.add(some.get());
      }
      return () -> few.get(random.nextInt(few.size()));
    }
    return switch (type) {
      case S -> strings(random);
      case N -> numbers(random);
      case B -> {
        Supplier<Object> strings = strings(random);
        yield random.nextBoolean()
            ? () -> bytes(random)
            : () -> ((String) strings.get()).getBytes(UTF_8);
      }
    };
  }

  private static Supplier<Object> strings(Random random) {
    int[] odd = {0, 1, ' ', '0', 'z', 0x7f, 0x80, 0x7ff, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
    String prefix = random.nextInt(3) == 0 ? "tenant#order#".repeat(1 + random.nextInt(70)) : "";
    return switch (random.nextInt(4)) {
      case 0 -> () -> prefix + "2026-%02d-%02d".formatted(random.nextInt(12), random.nextInt(31));
      case 1 -> () -> prefix + new UUID(random.nextLong(), random.nextLong());
      // One hot day of ten years.
      case 2 ->
          () ->
              random.nextInt(20) == 0
                  ? prefix + (2016 + random.nextInt(11)) + "-01-01T00:00:00"
                  : prefix
                      + "2024-05-05T%02d:%02d".formatted(random.nextInt(24), random.nextInt(60));
      default ->
          () -> {
            StringBuilder text = new StringBuilder(prefix);
            for (int i = random.nextInt(6); i >= 0; i--) {
              text.appendCodePoint(odd[random.nextInt(odd.length)]);
            }
            return text.toString();
          };
    };
  }

  private static Supplier<Object> numbers(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> () -> BigDecimal.valueOf(random.nextInt(400) - 200);
      case 1 -> () -> BigDecimal.valueOf(random.nextInt(), random.nextInt(9));
      case 2 ->
          () ->
              random.nextInt(20) == 0
                  ? BigDecimal.valueOf(random.nextInt(2_000_000_000))
                  : BigDecimal.valueOf(1_700_000_000_000L + random.nextInt(90_000), 3);
      default ->
          () -> {
            BigDecimal number =
                new BigDecimal(new BigInteger(120, random), random.nextInt(200) - 60);
            return random.nextBoolean() ? number : number.negate();
          };
    };
  }

  private static Object bytes(Random random) {
    byte[] usual = {0, 1, 127, -128, -1};
    byte[] key = new byte[1 + random.nextInt(5)];
    for (int i = 0; i < key.length; i++) {
      key[i] = usual[random.nextInt(usual.length)];
    }
    return key;
  }
}
