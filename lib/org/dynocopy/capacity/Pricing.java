package org.dynocopy.capacity;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.dynocopy.spec.limits.Prices;

/**
 * What a table's requests cost, if they cost anything by themselves and that is known.
 *
 * @param prices dollars for a million units; for a global table those of writing all replicas
 * @param why else, or for writes alone: why there is no price, for people
 * @param copies how many regions each item is written in
 * @param vectorIndexes vector indexes, whose writes are paid for by their bytes besides: no price
 *     of them is known
 */
public record Pricing(Optional<Prices> prices, String why, int copies, List<String> vectorIndexes) {

  /** The last ones are those of China. */
  private static final String AWS =
      ".*\\.(amazonaws\\.com|api\\.aws|amazonaws\\.com\\.cn|api\\.amazonwebservices\\.com\\.cn)";

  /**
   * Finds the prices of a table.
   *
   * @param said what its environment says, if anything
   */
  public static Pricing of(Optional<Prices> said, Billing billing, String region, URI endpoint) {
    if (said.isPresent()) {
      return unknown("", billing).with(said.get());
    }
    if (billing.provisioned()) {
      return unknown("provisioned: paid by the hour, whatever is read or written", billing);
    }
    if (!isOfAws(endpoint)) {
      return unknown("no price known for " + endpoint, billing);
    }
    Optional<Prices> here = RegionPrices.of(region, billing.infrequentAccess());
    if (here.isEmpty()) {
      String kind = billing.infrequentAccess() ? " in Standard-IA" : "";
      return unknown("no price known for region " + region + kind, billing);
    }
    double write = here.get().write();
    for (String replica : billing.replicas()) {
      Optional<Prices> there = RegionPrices.of(replica, billing.infrequentAccess());
      if (there.isEmpty()) {
        return unknown("no price known for region " + replica + ", where a replica is", billing);
      }
      write += there.get().write();
    }
    return unknown("", billing).of(new Prices(here.get().read(), write));
  }

  /** Returns whether an endpoint is one of AWS, by its name. */
  public static boolean isOfAws(URI endpoint) {
    return String.valueOf(endpoint.getHost()).matches(AWS);
  }

  private static Pricing unknown(String why, Billing billing) {
    return new Pricing(
        Optional.empty(), why, 1 + billing.replicas().size(), billing.vectorIndexes());
  }

  private Pricing of(Prices all) {
    String vectors =
        vectorIndexes.isEmpty()
            ? ""
            : "what its vector indexes take ("
                + String.join(", ", vectorIndexes)
                + ") is paid for by the bytes written, at no known price";
    return new Pricing(Optional.of(all), vectors, copies, vectorIndexes);
  }

  /** Returns the same with prices that somebody says, for one region. */
  public Pricing with(Prices said) {
    return of(new Prices(said.read(), said.write() * copies));
  }

  /** Returns why there can be no budget for a table without prices, and what to give instead. */
  public String noBudget(String table) {
    if (prices.isPresent()) {
      return "a budget cannot hold for writes to `"
          + table
          + "`: "
          + why
          + ". Leave the budget out, and limit the items or the rate";
    }
    return "a budget needs a price, and there is none for `"
        + table
        + "` ("
        + why
        + "): say dollars for a million units, as `prices read: 0.125, write: 0.625`";
  }

  /** Returns the dollars for so many units, if they are known. */
  public Optional<Double> dollars(double readUnits, double writeUnits) {
    return prices
        .filter(p -> writeUnits == 0 || vectorIndexes.isEmpty())
        .map(p -> p.of(readUnits, writeUnits));
  }
}
