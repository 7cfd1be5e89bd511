package org.dynocopy.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.limits.RetryPolicy;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.testing.FilledRecord;
import org.junit.jupiter.api.Test;

/** What is made of a job, or of a part of one, has all that was said but what is changed. */
class PartsTest {

  private static final JobLimits SAID = FilledRecord.of(JobLimits.class);

  private static Set<String> changed(Object one, Object other) {
    return FilledRecord.differences(one, other);
  }

  private static Stream<Job> jobs() {
    return Stream.of(
            Copy.class,
            Deletion.class,
            Query.class,
            Backup.class,
            Restore.class,
            Replay.class,
            Verification.class,
            FingerprintJob.class)
        .map(FilledRecord::of);
  }

  @Test
  void jobWithAnAllowanceIsOtherwiseTheSame() {
    jobs()
        .forEach(
            job -> {
              Job with = job.with(SAID);
              assertThat(changed(job, with)).as("%s", job).containsExactly("allowance");
              boolean reads =
                  List.of(Query.class, Backup.class, FingerprintJob.class).contains(job.getClass());
              JobLimits both = SAID.over(job.allowance());
              assertThat(with.allowance()).isEqualTo(reads ? both.withoutWrites() : both);
            });
  }

  @Test
  void verificationWritesOnlyWhereItRepairs() {
    Verification repairs = FilledRecord.of(Verification.class);
    assertThat(repairs.with(SAID).allowance().write()).isEqualTo(SAID.write());
    Verification reads = FilledRecord.with(repairs, "repair", Optional.empty());
    assertThat(reads.with(SAID).allowance())
        .isEqualTo(repairs.with(SAID).allowance().withoutWrites());
  }

  @Test
  void jobFromItsBeginningIsOtherwiseTheSame() {
    Copy copy = FilledRecord.of(Copy.class);
    Resume later = new Resume(copy.resume().file(), false);
    Copy goesOn = FilledRecord.with(copy, "resume", later);
    assertThat(changed(goesOn, goesOn.anew())).containsExactly("resume");
    assertThat(goesOn.anew().resume()).isEqualTo(new Resume(later.file(), true));
    for (Class<? extends Record> type : List.of(Restore.class, Replay.class)) {
      Job job = (Job) FilledRecord.with(FilledRecord.of(type), "fresh", false);
      assertThat(changed(job, job.anew())).containsExactly("fresh");
    }
  }

  @Test
  void copyOfATableOfAPatternIsOtherwiseTheSame() {
    Copy some = FilledRecord.of(Copy.class);
    TableRef from = FilledRecord.with(some.from(), "table", "a-*");
    TableRef to = FilledRecord.with(some.to(), "table", "b-*");
    Copy pattern = FilledRecord.with(some, "reading", some.reading().withTable(from));
    pattern = FilledRecord.with(pattern, "to", to);
    Copy one = pattern.of("a-users").orElseThrow();
    assertThat(changed(pattern, one)).containsExactlyInAnyOrder("name", "reading", "to", "resume");
    assertThat(changed(pattern.reading(), one.reading())).containsExactly("table");
    assertThat(changed(from, one.from())).containsExactly("table");
    assertThat(changed(to, one.to())).containsExactly("table");
    assertThat(List.of(one.from().table(), one.to().table())).containsExactly("a-users", "b-users");
    assertThat(one.resume()).isEqualTo(new Resume(Optional.empty(), true));
  }

  @Test
  void readingOfOtherItemsIsOtherwiseTheSame() {
    Reading some = FilledRecord.of(Reading.class);
    Shape both = some.shape().projecting(List.of("a"));
    Reading all = FilledRecord.with(some, "shape", both);
    TableRef other = FilledRecord.of(TableRef.class);
    KeyCondition keys = FilledRecord.of(KeyCondition.class);
    assertThat(changed(all, all.withTable(other))).containsExactly("table");
    assertThat(changed(all, all.selectionOf(other)))
        .containsExactlyInAnyOrder("table", "shape", "limit");
    assertThat(all.selectionOf(other).shape()).isEqualTo(some.shape());
    assertThat(changed(all, all.withoutFilters(false)))
        .containsExactlyInAnyOrder("serverFilter", "shape");
    assertThat(all.withoutFilters(false).shape()).isEqualTo(Shape.NONE.projecting(List.of("a")));
    assertThat(changed(all, all.withoutFilters(true)))
        .containsExactlyInAnyOrder("where", "serverFilter", "shape");
    assertThat(changed(all, all.at(keys)))
        .containsExactlyInAnyOrder("where", "serverFilter", "shape", "segments");
    assertThat(changed(all, all.sample(1, 2)))
        .containsExactlyInAnyOrder("serverFilter", "shape", "limit", "segments");
    Reading ofKey = FilledRecord.with(all, "segments", OptionalInt.of(3));
    assertThat(ofKey.sample(7, 2).segments()).isEmpty();
    assertThat(ofKey.sample(7, 2).limit()).hasValue(7);
    Reading scan = FilledRecord.with(ofKey, "where", Optional.empty());
    assertThat(scan.sample(7, 2).segments()).hasValue(2);
    Reading whole = Reading.all(all.table(), all.words());
    assertThat(whole.whole()).isTrue();
    Set<String> notAll =
        new TreeSet<>(Set.of("where", "serverFilter", "shape", "limit", "segments"));
    assertThat(changed(all, whole)).isEqualTo(notAll);
    for (String part : notAll) {
      Object said = part(all, part);
      assertThat(FilledRecord.with(whole, part, said).whole()).isEqualTo(part.equals("segments"));
      assertThat(FilledRecord.with(whole, part, said).part())
          .as(part)
          .isEqualTo(Set.of("where", "serverFilter", "shape").contains(part));
    }
  }

  private static Object part(Reading of, String name) {
    return switch (name) {
      case "where" -> of.where();
      case "serverFilter" -> of.serverFilter();
      case "shape" -> of.shape();
      case "limit" -> of.limit();
      default -> of.segments();
    };
  }

  @Test
  void environmentWithAnotherPartIsOtherwiseTheSame() {
    Environment all = FilledRecord.of(Environment.class);
    Optional<String> other = Optional.of("other");
    assertThat(changed(all, all.withProfile(other))).containsExactly("profile");
    assertThat(changed(all, all.withRegion(other))).containsExactly("region");
    Optional<URI> there = Optional.of(URI.create("http://other"));
    assertThat(changed(all, all.withEndpoint(there))).containsExactly("endpoint");
    assertThat(changed(all, all.embeddedAt(there.get())))
        .containsExactlyInAnyOrder("profile", "role", "endpoint");
    Environment embedded = Environment.named("e").embeddedAt(there.get());
    assertThat(embedded.region()).contains("us-east-1");
    assertThat(embedded.keys()).contains(new Environment.Keys("local", "local"));
    assertThat(embedded.keys().orElseThrow()).hasToString("Keys[local]");
  }

  @Test
  void environmentIsAtAnotherPlaceByWhateverLeadsThere() {
    Environment one = FilledRecord.of(Environment.class);
    Set<String> sameThere = Set.of("name", "prefix", "readOnly", "prices");
    FilledRecord.others(one)
        .forEach(
            (part, other) ->
                assertThat(one.isAt(other)).as(part).isEqualTo(sameThere.contains(part)));
  }

  @Test
  void whatIsSaidTwiceStaysAsItWasSaidFirst() {
    JobLimits both = FilledRecord.of(JobLimits.class);
    assertThat(changed(SAID, SAID.over(both))).containsExactly("budgets");
    assertThat(SAID.over(JobLimits.ALL)).isEqualTo(SAID);
    assertThat(JobLimits.ALL.over(SAID)).isEqualTo(SAID);
    assertThat(changed(SAID, SAID.withoutWrites())).containsExactly("write");
    assertThat(changed(SAID, SAID.withRead(both.read().get()))).containsExactly("read");
    assertThat(changed(SAID, SAID.withWrite(both.write().get()))).containsExactly("write");
    assertThat(changed(SAID, SAID.withPrices(both.prices().get()))).containsExactly("prices");
    assertThat(changed(SAID, SAID.withBudget(both.budgets().get(0)))).containsExactly("budgets");
    assertThat(changed(SAID, SAID.withPatience(both.patience()))).containsExactly("patience");
    assertThat(changed(JobLimits.ALL, JobLimits.ALL.failingIfEmpty()))
        .containsExactly("failIfEmpty");
    RetryPolicy patience = both.patience();
    RetryPolicy other = SAID.patience();
    assertThat(changed(patience, patience.withAttempts(other.attempts().getAsInt())))
        .containsExactly("attempts");
    assertThat(changed(patience, patience.withBase(other.base().get()))).containsExactly("base");
    assertThat(changed(patience, patience.withCap(other.cap().get()))).containsExactly("cap");
    assertThat(changed(patience, patience.withGiveUpAfter(other.giveUpAfter().get())))
        .containsExactly("giveUpAfter");
  }

  /** A checkpoint, and a fingerprint, is found by these texts. */
  @Test
  void selectionHasAnotherTextForEachPartThatDecides() {
    KeyCondition keys =
        new KeyCondition(
            List.of("t1"), FilledRecord.of(KeyCondition.class).sort(), Optional.of("byTenant"));
    ServerFilter filter = FilledRecord.of(ServerFilter.class);
    ClientFilter block = FilledRecord.of(ClientFilter.class);
    Map<String, KeyCondition> others = FilledRecord.others(keys);
    others.put("sort", FilledRecord.with(keys, "sort", Optional.empty()));
    others.put("index", FilledRecord.with(keys, "index", Optional.empty()));
    Set<String> texts = new HashSet<>(Set.of(keys.text()));
    others.values().forEach(other -> assertThat(texts.add(other.text())).as("%s", other).isTrue());
    KeyCondition file = new KeyCondition(Path.of("a"), Optional.empty(), Optional.empty());
    assertThat(file.text())
        .isNotEqualTo(FilledRecord.with(file, "keysFile", Optional.of(Path.of("b"))).text());
    FilledRecord.others(keys.sort().orElseThrow())
        .forEach(
            (part, sort) ->
                assertThat(FilledRecord.with(keys, "sort", Optional.of(sort)).text())
                    .as(part)
                    .isNotEqualTo(keys.text()));
    FilledRecord.others(filter)
        .forEach((part, other) -> assertThat(other.text()).as(part).isNotEqualTo(filter.text()));
    Reading all = FilledRecord.of(Reading.class);
    for (Map.Entry<String, Reading> other : FilledRecord.others(all).entrySet()) {
      boolean decides = Set.of("where", "serverFilter", "shape").contains(other.getKey());
      assertThat(other.getValue().selection().equals(all.selection()))
          .as(other.getKey())
          .isEqualTo(!decides);
    }
    assertThat(block.certain()).isFalse();
    ShapeStep.Basis known = new ShapeStep.Basis(1, "code", "values", Map.of(), List.of());
    assertThat(FilledRecord.with(block, "basis", Optional.of(known)).certain()).isTrue();
    assertThat(FilledRecord.with(block, "basis", Optional.empty()).certain()).isFalse();
  }
}
