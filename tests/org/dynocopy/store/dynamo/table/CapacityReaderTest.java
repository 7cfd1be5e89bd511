package org.dynocopy.store.dynamo.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.dynocopy.capacity.Throughput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What percentages of a rate are of, as DescribeTable tells it of tables that are on demand. */
class CapacityReaderTest {

  @ParameterizedTest
  @CsvSource({
    // warm, maximum, what it can do
    "12000/4000, , 12000/4000",
    "12000/4000, 500/100, 500/100",
    "12000/4000, -1/100, 12000/100",
    "12000/4000, 500/-1, 500/4000",
    "12000/4000, 20000/9000, 12000/4000",
    "12000/4000, -1/-1, 12000/4000",
    ", 500/100, 500/100",
    ", -1/100, ",
    ", , ",
  })
  void maximumOfATableOnDemandCounts(String warm, String most, String can) {
    TableDescription.Builder table =
        TableDescription.builder().billingModeSummary(b -> b.billingMode("PAY_PER_REQUEST"));
    GlobalSecondaryIndexDescription.Builder index = GlobalSecondaryIndexDescription.builder();
    if (warm != null) {
      long read = units(warm, 0);
      long write = units(warm, 1);
      table.warmThroughput(w -> w.readUnitsPerSecond(read).writeUnitsPerSecond(write));
      index.warmThroughput(w -> w.readUnitsPerSecond(read).writeUnitsPerSecond(write));
    }
    if (most != null) {
      OnDemandThroughput limits =
          OnDemandThroughput.builder()
              .maxReadRequestUnits(units(most, 0))
              .maxWriteRequestUnits(units(most, 1))
              .build();
      table.onDemandThroughput(limits);
      index.onDemandThroughput(limits);
    }
    Optional<Throughput> expected =
        Optional.ofNullable(can).map(text -> new Throughput(units(text, 0), units(text, 1)));
    assertThat(CapacityReader.of(table.build(), "eu-west-1").throughput()).isEqualTo(expected);
    assertThat(CapacityReader.of(table.build(), index.build())).isEqualTo(expected);
  }

  private static long units(String text, int place) {
    return Long.parseLong(text.split("/")[place]);
  }
}
