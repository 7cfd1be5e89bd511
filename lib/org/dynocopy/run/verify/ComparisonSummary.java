package org.dynocopy.run.verify;

import java.util.ArrayList;
import java.util.List;
import org.dynocopy.verify.Findings;
import org.dynocopy.verify.Fingerprint;

/** Says in a few sentences what a comparison found. */
final class ComparisonSummary {

  private ComparisonSummary() {}

  static List<String> of(
      String source, String target, Findings found, boolean finished, boolean extraCounts) {
    List<String> notes = new ArrayList<>();
    if (!finished) {
      notes.add("the comparison did not finish");
    }
    if (found.sourceItems().isPresent() && found.targetItems().isPresent()) {
      notes.add(
          String.format(
              "%,d items in %s, %,d in %s",
              found.sourceItems().getAsLong(), source, found.targetItems().getAsLong(), target));
    }
    if (found.sample() > 0) {
      notes.add(String.format("%,d items chosen at random were looked for", found.sample()));
    }
    if (found.buckets() > 0) {
      notes.add(
          String.format(
              "the fingerprints differ in %,d of their %,d parts: at least %,d items are missing,"
                  + " extra or different; compare the tables themselves to see which",
              found.buckets(), Fingerprint.BUCKETS, found.least()));
    } else if (finished) {
      notes.add(differences(found, extraCounts));
    }
    if (found.moved() > 0) {
      notes.add(
          String.format(
              "%,d items differed at first and moved meanwhile: read again, they are alike",
              found.moved()));
    }
    if (!extraCounts && found.extra() > 0) {
      notes.add(String.format("%,d other items are in %s, too", found.extra(), target));
    }
    if (found.repaired() + found.deleted() > 0) {
      String left = found.same() ? "nothing is left to repair" : "not everything could be repaired";
      notes.add(
          String.format(
              "repaired: %,d items copied, %,d deleted; %s",
              found.repaired(), found.deleted(), left));
    }
    return notes;
  }

  private static String differences(Findings found, boolean extraCounts) {
    long extra = extraCounts ? found.extra() : 0;
    long all = found.missing() + found.different() + extra;
    return all == 0
        ? found.same() ? "no differences" : "the numbers of items differ"
        : String.format(
            "%,d differences: %,d missing, %,d extra, %,d different",
            all, found.missing(), extra, found.different());
  }
}
