package org.dynocopy.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Query.Format;
import org.dynocopy.spec.Query.Output;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;

/** The words of {@code query { }}. */
public final class QueryWords extends ReadingWords<JobBuilder> {

  private Format format = Format.JSONL;
  private Optional<Location> typed = Optional.empty();
  private boolean count;
  private Optional<String> unique = Optional.empty();
  private OptionalInt sample = OptionalInt.empty();

  QueryWords(Location at, Evaluation evaluation) {
    super(QueryWords.class, at, evaluation);
  }

  /** Prints at most this many items, at least 1; default: all. */
  @Word(takes = "a whole number", example = "limit 1000")
  public void limit(long items) {
    most(items);
  }

  /** Prints these attributes only, and always the keys; default: all attributes. */
  @Word(takes = "names of attributes", example = "project \"name\", \"email\"")
  public void project(String... attributes) {
    attributes(attributes);
  }

  /** Holds reads to so many units a second, or a percentage; default: no limit. */
  @Override
  @Word(takes = "a rate by name", example = "rate read: 500")
  public void rate(@NamedParams(@NamedParam(value = "read", required = true)) Map<String, ?> rate) {
    super.rate(rate);
  }

  /** Prints as json, jsonl, table, csv or spreadsheet; default: jsonl, an item a line. */
  @Word(takes = "a format", example = "output \"csv\"")
  public void output(String format) {
    Optional<Format> known = Format.of(format);
    if (known.isPresent()) {
      this.format = known.get();
      return;
    }
    broken();
    text("output", format).ifPresent(wrong -> problem(Format.unknown(wrong)));
  }

  /** Keeps DynamoDB's types in JSON, as in {@code {"S":"t1"}}; default: plain JSON. */
  @Word(takes = "nothing", example = "dynamodbJson()")
  public void dynamodbJson() {
    typed = Optional.of(here().at());
  }

  /** Prints only how many items there are. */
  @Word(takes = "nothing", example = "count()")
  public void count() {
    count = true;
    printsInstead("count");
  }

  /** Prints only the distinct values of an attribute. */
  @Word(takes = "the name of an attribute", example = "unique \"tenant\"")
  public void unique(String attribute) {
    unique = text("unique", attribute);
    unique.ifPresentOrElse(name -> printsInstead("unique"), this::broken);
  }

  /** Prints so many items, chosen at random; all are read. */
  @Word(takes = "a whole number", example = "sample 10")
  public void sample(int items) {
    sample = OptionalInt.of(items);
    printsInstead("sample");
  }

  /** Notes where a word stands of which a query has one: "output" to the builder. */
  private void printsInstead(String word) {
    Location at = here().at();
    said(word, at, query -> query.part(word, at).part("output", at));
  }

  Job job(Environments environments) {
    JobBuilder query = new JobBuilder("query", at());
    said().forEach(said -> said.action().accept(query));
    typed
        .filter(at -> !format.isJson())
        .ifPresent(
            at -> query.problem(at, "`dynamodbJson()` goes with `output` \"json\" or \"jsonl\""));
    return query.query(new Output(format, typed.isPresent(), count, unique, sample), environments);
  }
}
