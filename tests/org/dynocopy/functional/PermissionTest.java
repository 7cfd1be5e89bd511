package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.run.Jobs;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Copy.Replace;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A percentage is refused of each table that a job reads or writes, if it is not known of what. */
class PermissionTest {

  private static final URI SERVER = TestServers.first();

  private final Stores stores = new DefaultStores();

  @AfterEach
  void close() {
    stores.close();
  }

  private static String table(boolean provisioned) {
    String table = Tables.on(SERVER).key("id", "S").create();
    if (provisioned) {
      try (DynamoDbClient client = TestServers.client(SERVER)) {
        client.updateTable(
            r ->
                r.tableName(table)
                    .billingMode("PROVISIONED")
                    .provisionedThroughput(t -> t.readCapacityUnits(5L).writeCapacityUnits(5L)));
      }
    }
    return table;
  }

  private boolean refuses(Job job, String table) throws Exception {
    try {
      Jobs.prepare(job, stores, OutputStream.nullOutputStream());
      return false;
    } catch (InvalidJobException e) {
      assertThat(e.problems())
          .extracting(Problem::message)
          .allMatch(message -> message.contains(table) && message.contains("can do"));
      return true;
    }
  }

  /** The words of a copy that need its target to be read. */
  @Test
  void targetIsReadWhereItIsComparedOrReplaced() throws Exception {
    String known = table(true);
    String unknown = table(false);
    Map<String, Consumer<CopySpecBuilder>> words = new TreeMap<>();
    words.put("plain", plan -> {});
    words.put("skip", plan -> plan.onConflict("skip", Copying.HERE));
    words.put("verify", plan -> plan.verify(Checks.FULL, Copying.HERE));
    words.put("replace", plan -> plan.replace(new Replace(false, true), Copying.HERE));
    words.put("first", plan -> plan.replace(new Replace(true, false), Copying.HERE));
    Set<String> refused = new TreeSet<>();
    for (String word : words.keySet()) {
      Consumer<CopySpecBuilder> half =
          words.get(word).andThen(plan -> plan.readRate("50%", Copying.HERE));
      Copy to = Copying.plan(SERVER, known, SERVER, unknown, half);
      if (refuses(to, unknown)) {
        refused.add(word);
      }
      assertThat(refuses(Copying.plan(SERVER, unknown, SERVER, known, half), unknown)).isTrue();
    }
    assertThat(refused).isEqualTo(Set.of("verify", "replace", "first"));
  }

  @Test
  void rateOfWritesIsOfTheTarget() throws Exception {
    String known = table(true);
    String unknown = table(false);
    Consumer<CopySpecBuilder> half = plan -> plan.writeRate("50%", Copying.HERE);
    assertThat(refuses(Copying.plan(SERVER, unknown, SERVER, known, half), unknown)).isFalse();
    assertThat(refuses(Copying.plan(SERVER, known, SERVER, unknown, half), unknown)).isTrue();
    Consumer<CopySpecBuilder> made = half.andThen(plan -> plan.createTarget(Copying.HERE));
    Optional<String> said = Optional.empty();
    try {
      Jobs.prepare(
          Copying.plan(SERVER, known, SERVER, known + "-new", made),
          stores,
          OutputStream.nullOutputStream());
    } catch (InvalidJobException e) {
      said = Optional.of(e.getMessage());
    }
    assertThat(said.orElse("")).contains("the table is still to be made");
  }
}
