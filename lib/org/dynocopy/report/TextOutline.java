package org.dynocopy.report;

import java.util.ArrayList;
import java.util.List;
import org.dynocopy.run.job.Outline;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.Projection;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.Replay;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;

/** What a job would do, in lines for people. */
final class TextOutline implements Outline {

  private final List<String> lines = new ArrayList<>();

  List<String> lines() {
    return lines;
  }

  @Override
  public void title(String title) {
    lines.add(title);
  }

  @Override
  public void reading(TableReading reading, int readers) {
    table("from", reading.reading().table().text(), reading.table());
    how(reading, readers);
  }

  @Override
  public void copy(TableReading reading, Target target) {
    table("from", reading.reading().table().text(), reading.table());
    table("to", target.ref().text(), target.info());
    if (target.made()) {
      line("", "to be made like the source");
    }
    how(reading, reading.readers());
  }

  @Override
  public void sides(List<Side> sides) {
    for (Side side : sides) {
      TableReading reading = side.reading();
      table(side.word(), reading.reading().table().text(), reading.table());
      how(reading, reading.readers());
    }
  }

  @Override
  public void letters(Replay replay, long items, long broken, List<String> notes) {
    line("from", replay.file() + "  " + Quantity.count(items) + " items");
    notes.forEach(note -> line("", note));
    line("to", replay.to().text());
  }

  @Override
  public void schema(String json) {
    json.lines().forEach(lines::add);
  }

  @Override
  public void line(String word, String text) {
    lines.add(String.format("  %-9s %s", word, text));
  }

  @Override
  public void field(String name, String value) {}

  @Override
  public void field(String name, boolean value) {}

  @Override
  public void field(String name, long value) {}

  private void how(TableReading from, int readers) {
    Reading reading = from.reading();
    line("read", way(from, readers));
    reading.serverFilter().ifPresent(f -> line("filter", f.expression() + " (by the service)"));
    reading.shape().steps().forEach(this::step);
    reading.limit().ifPresent(most -> line("limit", Quantity.count(most) + " items"));
  }

  private void step(ShapeStep step) {
    String what =
        step instanceof Projection kept
            ? String.join(", ", kept.attributes()) + " and the keys"
            : "{ } at " + step.at() + " (here)";
    line(step.word(), what);
  }

  private void table(String word, String text, TableInfo table) {
    line(word, text + "  " + table.arn() + " at " + table.endpoint());
    line("", "keys " + join(table.keys()) + ", " + table.billing());
    for (TableInfo.Index index : table.indexes().values()) {
      String projects =
          index.projectsAll() ? "whole items" : "keys and " + String.join(", ", index.attributes());
      line(
          "",
          (index.global() ? "GSI " : "LSI ")
              + index.name()
              + ": keys "
              + join(index.keys())
              + ", projects "
              + (index.attributes().isEmpty() && !index.projectsAll() ? "keys" : projects));
    }
  }

  private static String join(List<TableInfo.Key> keys) {
    return String.join(", ", keys.stream().map(Object::toString).toList());
  }

  private static String way(TableReading reading, int readers) {
    if (reading.way() == TableReading.Way.SCAN) {
      return "scan, " + reading.splits() + " segments, " + readers + " at once";
    }
    KeyCondition where = reading.reading().where().orElseThrow();
    String of = reading.index().map(index -> " of index " + index.name()).orElse("");
    String keys =
        Quantity.count(reading.splits())
            + (reading.splits() == 1 ? " partition key" : " partition keys")
            + where.keysFile().map(file -> " of " + file).orElse("")
            + reading.repeatedKeys().map(note -> " (" + note + ")").orElse("");
    String sort = where.sort().map(s -> ", " + s.word().word() + " " + s.values()).orElse("");
    String shared =
        switch (reading.way()) {
          case RANGES -> ", by " + readers + " readers, each a range of its sort keys";
          case ENDS -> ", from both ends";
          default -> readers == 1 ? ", by one reader" : ", " + readers + " at once";
        };
    String whole = reading.completed() ? ", then the whole items by BatchGetItem" : "";
    return "query" + of + ", " + keys + sort + shared + whole;
  }
}
