package org.dynocopy.run.copy;

import java.util.Locale;
import java.util.Optional;
import org.dynocopy.run.job.Outline;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.OnConflict;

/** Describes a copy: where from and to, how, and what is done with what is there. */
final class CopyOutline {

  private CopyOutline() {}

  static void describe(CopyRun copy, Outline outline) {
    Copy plan = copy.job();
    OnConflict onConflict = plan.onConflict();
    outline.title("copy " + plan.name());
    outline.copy(copy.reading(), new Outline.Target(plan.to(), copy.to(), copy.makesTarget()));
    outline.field("replaces", plan.replace().isPresent());
    outline.field("writers", copy.writers());
    outline.field("onConflict", onConflict.way().name().toLowerCase(Locale.ROOT));
    outline.line(
        "write",
        onConflict.conditional()
            ? copy.writers() + " items at once, each by a PutItem of its own: slower than batches"
            : copy.writers() + " batches of up to 25 items at once");
    outline.line("conflicts", conflicts(onConflict));
    outline.line("replace", plan.replace().map(CopyOutline::replacing));
    outline.line(
        "failures",
        String.format(
            Locale.ROOT,
            "to %s, stop after %,d",
            plan.onFailure()
                .deadLetter()
                .map(Object::toString)
                .orElse(".dynocopy/dead-letters-….jsonl"),
            plan.onFailure().stopAfter()));
    outline.line("verify", plan.verify().map(checks -> checks + ", which reads the target"));
  }

  private static Optional<String> conflicts(OnConflict how) {
    return switch (how.way()) {
      case OVERWRITE -> Optional.empty();
      case SKIP -> Optional.of("what the target has stays");
      case FAIL -> Optional.of("the first one ends the copy");
      case NEWER ->
          Optional.of("what the target has stays, unless its `" + how.newer() + "` is less");
    };
  }

  private static String replacing(Copy.Replace how) {
    String backup = how.backup() ? "the target is backed up, then " : "";
    return backup
        + (how.truncateFirst()
            ? "what it has is deleted, then the items are written"
            : "the items are written, then what the source does not have is removed");
  }
}
