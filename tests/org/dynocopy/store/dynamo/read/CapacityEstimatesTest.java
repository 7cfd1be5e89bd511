package org.dynocopy.store.dynamo.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.dynocopy.core.StoreException;
import org.dynocopy.store.dynamo.wire.SlicedResponse;
import org.junit.jupiter.api.Test;

/** What an answer's items show of what it took. */
class CapacityEstimatesTest {

  private static SlicedResponse page(String items) throws StoreException {
    return SlicedResponse.of(("{\"Items\":[" + items + "]}").getBytes(UTF_8));
  }

  /**
   * Short names and long texts, and the other way round: JSON makes more of some than of others.
   */
  @Test
  void estimatedSizeOfManyItemsIsAboutTheirs() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 20; round++) {
      StringBuilder items = new StringBuilder();
      long bytes = 0;
      for (int i = 0; i < 2_000; i++) {
        String text = "x".repeat(1 + random.nextInt(random.nextInt(4) == 0 ? 900 : 60));
        items.append(i == 0 ? "" : ",").append("{\"id\":{\"S\":\"").append(text).append("\"}}");
        bytes += 2 + text.length();
      }
      double units = Math.ceil(bytes / 4_096.0) / 2;
      assertThat(CapacityEstimates.least(page(items.toString()))).isBetween(units / 2, units * 1.5);
    }
  }

  @Test
  void whatIsNoItemHasASizeAllTheSame() throws Exception {
    SlicedResponse page = page("{\"id\":{\"S\":\"\\q\"}},{\"id\":{\"Z\":\"1\"}},{\"id\":\"1\"}");
    assertThat(CapacityEstimates.least(page)).isPositive();
    assertThat(new CapacityEstimates(400, 1).pageBySize(page, false)).isEqualTo(1);
  }
}
