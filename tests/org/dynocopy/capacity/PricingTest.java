package org.dynocopy.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.dynocopy.spec.limits.Prices;
import org.junit.jupiter.api.Test;

class PricingTest {

  private static final URI AWS = URI.create("https://dynamodb.eu-west-1.amazonaws.com:443");

  private static Billing billing(boolean provisioned, boolean infrequent, String... replicas) {
    return new Billing(provisioned, infrequent, List.of(replicas), Optional.empty(), List.of());
  }

  private static Pricing tariff(Billing billing, String region) {
    return Pricing.of(Optional.empty(), billing, region, AWS);
  }

  @Test
  void aRegionHasItsPricesByTheTablesClass() {
    assertThat(tariff(billing(false, false), "eu-west-1").dollars(1e6, 1e6)).hasValue(0.8465);
    assertThat(tariff(billing(false, true), "us-east-1").prices())
        .hasValue(new Prices(0.155, 0.78));
  }

  @Test
  void aReplicaIsWrittenAndPaidForInItsRegion() {
    assertThat(tariff(billing(false, false, "us-east-1"), "eu-west-1").prices())
        .hasValue(new Prices(0.1415, 0.705 + 0.625));
    assertThat(tariff(billing(false, false, "mars-1"), "eu-west-1").why())
        .isEqualTo("no price known for region mars-1, where a replica is");
  }

  @Test
  void whatIsNotKnownIsNotInvented() {
    assertThat(tariff(billing(false, false), "mars-1").dollars(1, 1)).isEmpty();
    assertThat(tariff(billing(false, true), "us-west-2").why())
        .isEqualTo("no price known for region us-west-2 in Standard-IA");
    assertThat(tariff(billing(true, false), "us-east-1").why()).startsWith("provisioned: paid by");
    Pricing local =
        Pricing.of(
            Optional.empty(), Billing.ON_DEMAND, "us-east-1", URI.create("http://localhost:8000"));
    assertThat(local.why()).isEqualTo("no price known for http://localhost:8000");
  }

  @Test
  void servicesOfAwsAreKnownByTheirHosts() {
    String[] hosts = {
      "dynamodb.eu-west-1.amazonaws.com",
      "123456789012.ddb.eu-west-1.amazonaws.com",
      "vpce-1-2.dynamodb.eu-west-1.vpce.amazonaws.com",
      "dynamodb.eu-west-1.api.aws",
      "dynamodb.cn-north-1.amazonaws.com.cn",
      "dynamodb.cn-north-1.api.amazonwebservices.com.cn"
    };
    for (String host : hosts) {
      assertThat(Pricing.isOfAws(URI.create("https://" + host))).as(host).isTrue();
      assertThat(Pricing.isOfAws(URI.create("https://" + host + ".example.com"))).isFalse();
    }
  }

  @Test
  void whoSaysPricesKnowsBetter() {
    Prices said = new Prices(1, 2);
    assertThat(Pricing.of(Optional.of(said), billing(true, false), "mars-1", AWS).prices())
        .hasValue(said);
    assertThat(tariff(billing(false, false, "us-east-1"), "eu-west-1").with(said).prices())
        .hasValue(new Prices(1, 4));
  }
}
