package org.dynocopy.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dynocopy.run.job.Outline;
import org.dynocopy.spec.Replay;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;

/** What a job would do, in fields of JSON for programs. */
final class JsonOutline implements Outline {

  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Map<String, Object> last = new LinkedHashMap<>();

  /** Returns the fields that stand before those of any job. */
  Map<String, Object> fields() {
    return fields;
  }

  /** Returns those that stand behind them. */
  Map<String, Object> last() {
    return last;
  }

  /** Its name is a field of any job. */
  @Override
  public void title(String title) {}

  @Override
  public void reading(TableReading reading, int readers) {
    fields.putAll(fields(reading, readers));
  }

  @Override
  public void copy(TableReading reading, Target target) {
    reading(reading, reading.readers());
    fields.put("target", fields(target.info()));
    field("makesTarget", target.made());
  }

  @Override
  public void sides(List<Side> sides) {
    fields.put(
        "readings",
        sides.stream().map(side -> fields(side.reading(), side.reading().readers())).toList());
  }

  @Override
  public void letters(Replay replay, long items, long broken, List<String> notes) {
    last.put("items", items);
    last.put("brokenLines", broken);
  }

  /** A program can ask for it by `schema show`. */
  @Override
  public void schema(String json) {}

  @Override
  public void line(String word, String text) {}

  @Override
  public void field(String name, String value) {
    fields.put(name, value);
  }

  @Override
  public void field(String name, boolean value) {
    fields.put(name, value);
  }

  @Override
  public void field(String name, long value) {
    fields.put(name, value);
  }

  private static Map<String, Object> fields(TableReading reading, int readers) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("source", fields(reading.table()));
    fields.put("index", reading.index().map(TableInfo.Index::name).orElse(null));
    fields.put("way", reading.way().name().toLowerCase(Locale.ROOT));
    fields.put("splits", reading.splits());
    fields.put("readers", readers);
    return fields;
  }

  private static Map<String, Object> fields(TableInfo table) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("table", table.name());
    fields.put("arn", table.arn());
    fields.put("endpoint", table.endpoint().toString());
    fields.put("region", table.region());
    fields.put("keys", table.keys().stream().map(TableInfo.Key::toString).toList());
    fields.put("indexes", table.indexes().keySet());
    fields.put("billing", table.billing().toString());
    return fields;
  }
}
