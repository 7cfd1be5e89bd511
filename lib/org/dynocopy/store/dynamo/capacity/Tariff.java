package org.dynocopy.store.dynamo.capacity;

import java.net.URI;
import java.util.Optional;
import org.dynocopy.plan.Prices;

/**
 * What a table's requests cost, if they cost anything by themselves and that is known.
 *
 * @param prices dollars for a million units; for a global table those of writing all replicas
 * @param why else: why there is no price, for people
 * @param copies how many regions each item is written in
 */
public record Tariff(Optional<Prices> prices, String why, int copies) {

  /**
   * Finds the prices of a table.
   *
   * @param said what its environment says, if anything
   */
  public static Tariff of(Optional<Prices> said, Billing billing, String region, URI endpoint) {
    int copies = 1 + billing.replicas().size();
    if (said.isPresent()) {
      return new Tariff(Optional.empty(), "", copies).with(said.get());
    }
    if (billing.provisioned()) {
      return unknown("provisioned: paid by the hour, whatever is read or written", copies);
    }
    if (!String.valueOf(endpoint.getHost()).matches(".*\\.(amazonaws\\.com|api\\.aws)")) {
      return unknown("no price known for " + endpoint, copies);
    }
    Optional<Prices> here = RegionPrices.of(region, billing.infrequentAccess());
    if (here.isEmpty()) {
      String kind = billing.infrequentAccess() ? " in Standard-IA" : "";
      return unknown("no price known for region " + region + kind, copies);
    }
    double write = here.get().write();
    for (String replica : billing.replicas()) {
      Optional<Prices> there = RegionPrices.of(replica, billing.infrequentAccess());
      if (there.isEmpty()) {
        return unknown("no price known for region " + replica + ", where a replica is", copies);
      }
      write += there.get().write();
    }
    return new Tariff(Optional.of(new Prices(here.get().read(), write)), "", copies);
  }

  private static Tariff unknown(String why, int copies) {
    return new Tariff(Optional.empty(), why, copies);
  }

  /** Returns the same with prices that somebody says, for one region. */
  public Tariff with(Prices said) {
    return new Tariff(Optional.of(new Prices(said.read(), said.write() * copies)), "", copies);
  }

  /** Returns why there can be no budget for a table without prices, and what to give instead. */
  public String noBudget(String table) {
    return "a budget needs a price, and there is none for `"
        + table
        + "` ("
        + why
        + "): say dollars for a million units, as `prices read: 0.125, write: 0.625`";
  }

  /** Returns the dollars for so many units, if they are known. */
  public Optional<Double> dollars(double readUnits, double writeUnits) {
    return prices.map(p -> p.of(readUnits, writeUnits));
  }
}
