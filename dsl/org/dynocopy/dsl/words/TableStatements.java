package org.dynocopy.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;

/** The words at the top level that are a job in one line: a table, and all else by name. */
public abstract class TableStatements extends PrintingScript {

  /** Returns the evaluation; no name that a recipe could have. */
  abstract Evaluation evaluation$();

  private TableJobs job(String word) {
    return new TableJobs(word, evaluation$());
  }

  /** Deletes all items of a table. */
  @Word(takes = "a table, and rates by name", example = "truncate \"dev:users\"")
  public void truncate(String table) {
    truncate(Map.of(), table);
  }

  /** Deletes all items of a table, no faster and for no more dollars than this. */
  @Word(takes = "a table, and rates by name", example = "truncate \"dev:users\"")
  public void truncate(
      @NamedParams({
            @NamedParam("readRate"),
            @NamedParam("writeRate"),
            @NamedParam(value = "segments", type = Number.class),
            @NamedParam(value = "writers", type = Number.class),
            @NamedParam(value = "budget", type = Number.class),
            @NamedParam(value = "prices", type = Map.class),
            @NamedParam(value = "retry", type = Map.class),
            @NamedParam(value = "failIfEmpty", type = Boolean.class)
          })
          Map<String, ?> named,
      String table) {
    job("truncate").truncate(named, table);
  }

  /** Backs a table up, by the service where it has backups, else to a file. */
  @Word(takes = "a table, and a place by name", example = "backup \"dev:users\"")
  public void backup(String table) {
    backup(Map.of(), table);
  }

  /** Backs a table up to a file or to S3. */
  @Word(takes = "a table, and a place by name", example = "backup \"dev:users\"")
  public void backup(
      @NamedParams({
            @NamedParam(value = "to", type = String.class),
            @NamedParam("readRate"),
            @NamedParam(value = "segments", type = Number.class),
            @NamedParam(value = "budget", type = Number.class),
            @NamedParam(value = "prices", type = Map.class),
            @NamedParam(value = "retry", type = Map.class),
            @NamedParam(value = "failIfEmpty", type = Boolean.class)
          })
          Map<String, ?> named,
      String table) {
    job("backup").backup(named, table);
  }

  /** Restores a backup into a table, which is made where there is none. */
  @Word(
      takes = "a backup, and a table by name",
      example = "restore \"file:users.jsonl.gz\", to: \"dev:users\"")
  public void restore(
      @NamedParams({
            @NamedParam(value = "to", type = String.class, required = true),
            @NamedParam("readRate"),
            @NamedParam("writeRate"),
            @NamedParam(value = "writers", type = Number.class),
            @NamedParam(value = "deadLetter", type = String.class),
            @NamedParam(value = "budget", type = Number.class),
            @NamedParam(value = "prices", type = Map.class),
            @NamedParam(value = "retry", type = Map.class),
            @NamedParam(value = "failIfEmpty", type = Boolean.class)
          })
          Map<String, ?> named,
      String backup) {
    job("restore").restore(named, backup);
  }

  /** Writes the items of a dead-letter file again; what fails again is in a new one. */
  @Word(
      takes = "a dead-letter file, and a table by name",
      example = "replay \"failed.jsonl\", to: \"dev:users\"")
  public void replay(
      @NamedParams({
            @NamedParam(value = "to", type = String.class, required = true),
            @NamedParam("readRate"),
            @NamedParam("writeRate"),
            @NamedParam(value = "writers", type = Number.class),
            @NamedParam(value = "deadLetter", type = String.class),
            @NamedParam(value = "stopAfter", type = Number.class),
            @NamedParam(value = "budget", type = Number.class),
            @NamedParam(value = "prices", type = Map.class),
            @NamedParam(value = "retry", type = Map.class),
            @NamedParam(value = "failIfEmpty", type = Boolean.class)
          })
          Map<String, ?> named,
      String file) {
    job("replay").replay(named, file);
  }

  /** Makes an empty table like another one. */
  @Word(
      takes = "a table, and a new one by name",
      example = "cloneSchema \"prod:users\", to: \"dev:users\"")
  public void cloneSchema(
      @NamedParams(@NamedParam(value = "to", type = String.class, required = true))
          Map<String, ?> named,
      String table) {
    job("cloneSchema").cloneSchema(named, table);
  }
}
