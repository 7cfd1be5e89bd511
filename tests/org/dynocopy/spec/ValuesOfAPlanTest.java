package org.dynocopy.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.diagnostic.DecimalText;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.limits.Budget;
import org.dynocopy.spec.limits.Prices;
import org.dynocopy.spec.limits.Rate;
import org.dynocopy.spec.place.StoreRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates, prices, checks and places: what is taken, what it means, and how it is shown. */
class ValuesOfAPlanTest {

  private static final Location AT = Location.option("--to");

  @ParameterizedTest
  @CsvSource({
    "500, 500.0, false, 500",
    "' 0.5 ', 0.5, false, 0.5",
    "+3, 3.0, false, 3",
    "0.000000001, 0.000000001, false, 0.000000001",
    "999999999999999, 999999999999999, false, 999999999999999",
    "100%, 100.0, true, 100%",
    "'12.5 %', 12.5, true, 12.5%",
    "101, 101.0, false, 101",
  })
  void rateIsANumberOfUnitsOrAPercentage(
      String text, double amount, boolean percent, String shown) {
    Rate rate = Rate.of("rate read", text);
    assertThat(rate).isEqualTo(new Rate(amount, percent)).hasToString(shown);
    assertThat(Rate.of("rate read", rate.toString())).isEqualTo(rate);
    if (!percent) {
      assertThat(Rate.of("rate read", new BigDecimal(text.strip()))).isEqualTo(rate);
    }
  }

  @Test
  void rateMayBeCalculated() {
    assertThat(Rate.of("rate read", 1e7)).isEqualTo(new Rate(10_000_000, false));
    assertThat(Rate.of("rate read", new BigDecimal("2.5E+3"))).isEqualTo(new Rate(2_500, false));
    assertThat(Rate.of("rate read", 1_000 / 3.0)).hasToString("333.333333333");
    for (double wrong : new double[] {0, -0.5, 1e-12}) {
      assertThatThrownBy(() -> Rate.of("rate read", wrong)).hasMessageContaining("above 0");
    }
    for (double wrong : new double[] {1e15, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Rate.of("rate read", wrong))
          .hasMessageStartingWith("`rate read` takes capacity units")
          .hasMessageEndingWith(", not " + wrong);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, must be above 0",
    "-1, must be above 0",
    "0%, must be above 0",
    "100.1%, is at most 100%",
    "%, takes capacity units",
    "many, takes capacity units",
    "1e3, takes capacity units",
    "5%%, takes capacity units",
    "'', takes capacity units",
  })
  void rateThatIsNoneIsToldWhy(String text, String why) {
    assertThatThrownBy(() -> Rate.of("rate read", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("`rate read` " + why)
        .hasMessageContaining(text);
    for (Object other : List.of(true, List.of(5), Optional.of(5))) {
      assertThatThrownBy(() -> Rate.of("rate write", other))
          .hasMessageStartingWith("`rate write` takes capacity units")
          .hasMessageEndingWith(", not " + other);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, $0.00",
    "0.0000012345, $0.0000012",
    "0.0994, $0.099",
    "0.0995, $0.10",
    "1234.567, '$1,234.57'",
  })
  void dollarsAreShownToTheCentOrTwoDigits(double dollars, String shown) {
    assertThat(Prices.text(dollars)).isEqualTo(shown);
    assertThat(new Budget(dollars, AT)).hasToString(shown);
  }

  @Test
  void pricesAreForAMillionUnits() {
    Prices prices = new Prices(0.25, 1.5);
    assertThat(prices.of(4_000_000, 0)).isEqualTo(1);
    assertThat(prices.of(0, 4_000_000)).isEqualTo(6);
    assertThat(prices.of(4_000_000, 4_000_000)).isEqualTo(7);
  }

  @Test
  void budgetIsItsDollarsAndItsPlace() {
    Budget budget = new Budget(2.5, AT);
    assertThat(budget.dollars()).isEqualTo(2.5);
    assertThat(budget.at()).isEqualTo(AT);
  }

  /** Whatever is chosen, something is compared; nothing is compared twice. */
  @Test
  void checksOfEveryChoice() {
    List<String> rows = new ArrayList<>();
    for (boolean count : new boolean[] {false, true}) {
      for (OptionalInt sample : List.of(OptionalInt.empty(), OptionalInt.of(9))) {
        for (boolean full : new boolean[] {false, true}) {
          Checks checks = new Checks(count, sample, full);
          assertThat(checks.orFull())
              .isEqualTo(checks.toString().equals("nothing") ? Checks.FULL : checks);
          int drawn = checks.drawn().orElse(0);
          rows.add(checks + ": " + (checks.all() ? "reads all" : "") + " draws " + drawn);
        }
      }
    }
    assertThat(rows)
        .containsExactly(
            "nothing:  draws 0",
            "full: reads all draws 0",
            "sample 9:  draws 9",
            "sample 9, full: reads all draws 0",
            "count: reads all draws 0",
            "count, full: reads all draws 0",
            "count, sample 9: reads all draws 9",
            "count, sample 9, full: reads all draws 0");
  }

  private static final String ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/users/backup/01";

  @ParameterizedTest
  @CsvSource({
    "file:a/users.jsonl.gz, FileRef, a/users.jsonl.gz",
    "file:s3:a, FileRef, s3:a",
    "s3://bucket/users/1, S3Ref, s3://bucket/users/1",
    "s3:bucket, S3Ref, s3://bucket",
    "s3://abc, S3Ref, s3://abc",
    ARN + ", BackupRef, " + ARN,
  })
  void placeIsAFileABucketOrABackup(String text, String kind, String shown) {
    StoreRef place = StoreRef.ofBackup(text, AT);
    assertThat(place.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(place).hasToString(shown).isEqualTo(StoreRef.ofBackup(place.text(), AT));
  }

  @ParameterizedTest
  @CsvSource({
    "s3://ab/c, the name of a bucket",
    "s3://Bucket/c, the name of a bucket",
    "s3:-bucket, the name of a bucket",
    "s3:, write `file:users.jsonl.gz`",
    "s3://, write `file:users.jsonl.gz`",
    "file:, write `file:users.jsonl.gz`",
    "bucket/users, write `file:users.jsonl.gz`",
    "x" + ARN + ", write `file:users.jsonl.gz`",
    "arn:aws:dynamodb:eu-west-1:123456789012:table/users, write `file:users.jsonl.gz`",
  })
  void whatIsNoPlaceIsToldTheForm(String text, String why) {
    assertThatThrownBy(() -> StoreRef.ofBackup(text, AT))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageStartingWith("--to: `" + text + "` is not a place for a backup: " + why);
  }

  @Test
  void numberOfSomebodyElseHasAThousandDigitsAtMost() {
    String longest = "1".repeat(1_000);
    assertThat(DecimalText.parse(longest)).isEqualTo(new BigDecimal(longest));
    assertThat(DecimalText.parse("-1.50E+3")).isEqualTo(new BigDecimal("-1.50E+3"));
    assertThatThrownBy(() -> DecimalText.parse(longest + "1"))
        .isInstanceOf(NumberFormatException.class)
        .hasMessageContaining("a number of 1001 characters");
  }

  @Test
  void conflictsAreDecidedByTheirNames() {
    assertThat(OnConflict.of("overwrite")).contains(OnConflict.OVERWRITE);
    assertThat(OnConflict.of("skip")).contains(new OnConflict(OnConflict.Way.SKIP, ""));
    assertThat(OnConflict.of("fail")).contains(new OnConflict(OnConflict.Way.FAIL, ""));
    assertThat(OnConflict.of("newer")).isEmpty();
    assertThat(OnConflict.newer("at")).isEqualTo(new OnConflict(OnConflict.Way.NEWER, "at"));
    for (OnConflict.Way way : OnConflict.Way.values()) {
      assertThat(new OnConflict(way, "at").conditional())
          .isEqualTo(way != OnConflict.Way.OVERWRITE);
    }
  }
}
