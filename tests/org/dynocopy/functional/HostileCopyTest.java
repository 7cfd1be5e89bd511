package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.dynocopy.core.Outcome;
import org.dynocopy.testing.servers.HostileItems;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Copies items that are as odd as the service allows, and compares by the SDK. {@code
 * -Ddynocopy.hostile=50000} copies more of them.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class HostileCopyTest {

  private static final int ITEMS = Integer.getInteger("dynocopy.hostile", 5_000);

  @Test
  void fromOneDynamoDbLocalToAnother() throws Exception {
    copy(TestServers.first(), TestServers.second(), "S", ITEMS, TableComparison::of);
  }

  @Test
  void fromDynamoDbLocalToDynalite() throws Exception {
    // The two servers write the same number differently.
    copy(TestServers.first(), TestServers.dynalite(), "S", ITEMS / 5, TableComparison::byValue);
  }

  @ParameterizedTest
  @CsvSource({"N", "B"})
  void withOtherKeys(String type) throws Exception {
    copy(TestServers.first(), TestServers.second(), type, ITEMS / 10, TableComparison::of);
  }

  @FunctionalInterface
  private interface Comparison {
    TableComparison of(URI fromServer, String from, URI toServer, String to);
  }

  private static void copy(URI source, URI target, String keyType, int items, Comparison comparison)
      throws Exception {
    String from = Tables.on(source).key(HostileItems.ID, keyType).create();
    String to = Tables.on(target).key(HostileItems.ID, keyType).create();
    Tables.put(source, from, HostileItems.of(keyType, items).toList());
    Outcome outcome =
        Copying.run(
            Copying.plan(source, from, target, to, plan -> plan.segments(64, Copying.HERE)));
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.complete()).isTrue();
    assertThat(comparison.of(source, from, target, to))
        .isEqualTo(new TableComparison(items, List.of(), List.of(), List.of()));
  }
}
