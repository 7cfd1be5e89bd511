package org.dynocopy.store.dynamo;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.dynocopy.capacity.Billing;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableInfo.Index;
import org.dynocopy.store.TableInfo.Key;
import org.dynocopy.store.dynamo.read.Selection;

/** Tables as DescribeTable would tell of them, and plans that read them. */
public final class TableInfos {

  public static final Location AT = Location.option("--pk");
  static final Key ID = new Key("id", KeyAttributeType.S);
  public static final Key AT_TIME = new Key("at", KeyAttributeType.N);
  public static final Key TENANT = new Key("tenant", KeyAttributeType.S);

  private TableInfos() {}

  /** Returns the table {@code users}, with the key {@code id, at}. */
  public static TableInfo users(long bytes, Index... indexes) {
    return table(bytes, List.of(ID, AT_TIME), indexes);
  }

  /** Returns the table {@code users}, with another key. */
  public static TableInfo table(List<Key> keys, Index... indexes) {
    return table(0, keys, indexes);
  }

  private static TableInfo table(long bytes, List<Key> keys, Index... indexes) {
    Map<String, Index> byName = new LinkedHashMap<>();
    for (Index index : indexes) {
      byName.put(index.name(), index);
    }
    return new TableInfo(
        "users",
        "arn:aws:dynamodb:eu-west-1:1:table/users",
        "id-1",
        Optional.empty(),
        URI.create("https://dynamodb.eu-west-1.amazonaws.com"),
        "eu-west-1",
        "ACTIVE",
        keys,
        byName,
        10,
        bytes,
        Billing.ON_DEMAND,
        Optional.empty(),
        List.of());
  }

  public static Index gsi(String name, boolean all, String... attributes) {
    return new Index(name, true, List.of(TENANT), List.of(AT_TIME), all, Set.of(attributes), 1, 1);
  }

  public static Index lsi(String name, boolean all, String... attributes) {
    return new Index(name, false, List.of(ID), List.of(TENANT), all, Set.of(attributes), 1, 1);
  }

  public static KeyCondition where(Optional<String> index, Object... partitionKeys) {
    return new KeyCondition(List.of(partitionKeys), Optional.empty(), index);
  }

  public static KeyCondition sorted(
      KeyCondition where, KeyCondition.SortWord word, Object... values) {
    return new KeyCondition(
        where.partitionKeys(),
        Optional.of(new KeyCondition.Sort(word, List.of(values))),
        where.index());
  }

  /** Returns what a plan with these words reads of a table. */
  public static Selection selection(TableInfo table, UnaryOperator<CopySpecBuilder> words) {
    CopySpecBuilder builder =
        new CopySpecBuilder(Optional.empty(), AT).from("local:users", AT).to("local:copy", AT);
    Environments none = new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE);
    return Selection.of(words.apply(builder).build(none).reading(), table, ReadMode.ITEMS);
  }
}
