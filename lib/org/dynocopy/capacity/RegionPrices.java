package org.dynocopy.capacity;

import java.util.Map;
import java.util.Optional;
import org.dynocopy.spec.limits.Prices;

/**
 * What a million request units cost in dollars, by region: as published in AWS's price list ({@code
 * AmazonDynamoDB}) in August 2026, as far as it was seen. A region that is not here has no price.
 *
 * @see <a href="https://aws.amazon.com/dynamodb/pricing/on-demand/">Pricing for On-Demand
 *     Capacity</a>
 */
public final class RegionPrices {

  /** When these prices were published. */
  public static final String DATE = "2026-08";

  private static final Map<String, Prices> STANDARD =
      Map.of(
          "us-east-1", new Prices(0.125, 0.625),
          "us-east-2", new Prices(0.125, 0.625),
          "us-west-2", new Prices(0.125, 0.625),
          "eu-west-1", new Prices(0.1415, 0.705),
          "eu-central-1", new Prices(0.1525, 0.7625),
          "ap-northeast-1", new Prices(0.1425, 0.715),
          "ap-northeast-2", new Prices(0.1355, 0.68),
          "ap-south-1", new Prices(0.1425, 0.71));

  private static final Map<String, Prices> INFREQUENT_ACCESS =
      Map.of(
          "us-east-1", new Prices(0.155, 0.78),
          "us-east-2", new Prices(0.155, 0.78),
          "eu-west-1", new Prices(0.177, 0.885),
          "eu-central-1", new Prices(0.1905, 0.955),
          "ap-northeast-2", new Prices(0.1695, 0.845));

  private RegionPrices() {}

  /** Returns the prices of a table class in a region, if they are known. */
  static Optional<Prices> of(String region, boolean infrequentAccess) {
    return Optional.ofNullable((infrequentAccess ? INFREQUENT_ACCESS : STANDARD).get(region));
  }
}
