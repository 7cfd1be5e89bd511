package org.dynocopy;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Release;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.Stores;
import org.dynocopy.store.TableSchema;
import org.dynocopy.store.wiring.DefaultStores;

/**
 * Copies, queries, deletes, backs up and restores DynamoDB data, from Java or JShell.
 *
 * <pre>{@code
 * copy("prod:users", "dev:users").segments(8).where(gsi("byTenant").pk("t1")).run()
 * query("dev:users").pk("t1").stream().filter(user -> user.get("age") != null).count()
 * truncate("dev:users").run()
 * }</pre>
 *
 * <p>A table is {@code environment:table}, where an environment is an AWS profile, {@code local:}
 * or {@code default:}; or a bare table name for the default credentials and region, or a table's
 * ARN; a copy takes patterns, too: {@code copy("prod:acme-*", "dev:acme-*")}. Nothing happens
 * before {@code run()}, which tells on standard error how it goes and how it ended, as the command
 * line does. No question is asked: code has decided.
 */
public final class Dynocopy {

  /** This version. */
  public static final String VERSION = Release.VERSION;

  private static final Location HERE = Location.NOWHERE;

  private Dynocopy() {}

  /** Starts to describe a copy from one table to another. */
  public static CopyBuilder copy(String from, String to) {
    return new CopyBuilder(from, to);
  }

  /** Starts to describe a query. */
  public static QueryBuilder query(String table) {
    return new QueryBuilder(table);
  }

  /** Starts to describe the deletion of a part of a table. */
  public static DeletionBuilder delete(String table) {
    return new DeletionBuilder(table);
  }

  /**
   * Starts to describe a comparison.
   *
   * @param source what the target should be like: a table, or {@code file:users.fp}, a fingerprint
   * @param target the same
   */
  public static VerifyBuilder verify(String source, String target) {
    return new VerifyBuilder(source, target);
  }

  /** Starts to describe the deletion of all items of a table. */
  public static TruncationBuilder truncate(String table) {
    return new TruncationBuilder(table);
  }

  /** Starts to describe a backup by DynamoDB itself where the endpoint has that, else to a file. */
  public static BackupBuilder backup(String table) {
    return new BackupBuilder(table, Optional.empty());
  }

  /**
   * Starts to describe a backup.
   *
   * @param place {@code file:users.jsonl.gz}, a new file, or {@code s3://bucket/prefix}
   */
  public static BackupBuilder backup(String table, String place) {
    return new BackupBuilder(table, Optional.of(place));
  }

  /**
   * Starts to describe a restore into a table, which is made if it is not there.
   *
   * @param place {@code file:users.jsonl.gz}, a backup's ARN, or {@code s3://bucket/prefix}
   */
  public static RestoreBuilder restore(String place, String table) {
    return new RestoreBuilder(place, table);
  }

  /**
   * Starts to describe dead letters to be written again. The file is not changed; what fails again
   * is in a new one under {@code .dynocopy/}, which the summary names.
   */
  public static ReplayBuilder replay(Path deadLetters, String table) {
    return new ReplayBuilder(deadLetters, table);
  }

  /**
   * Starts to describe the fingerprint of a table, which {@link #verify} compares with another one.
   *
   * @param out where it is printed; stays open
   */
  public static FingerprintBuilder fingerprint(String table, OutputStream out) {
    return new FingerprintBuilder(table, out);
  }

  /** Describes an empty table to be made like another one. */
  public static Action cloneSchema(String from, String to) {
    JobBuilder clone = new JobBuilder("schema clone", HERE);
    return new Action() {
      @Override
      Job job(Environments environments) {
        return clone.schemaClone(from, to, environments);
      }
    };
  }

  /**
   * Returns the names of the tables in an environment.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if there is no such environment
   * @throws StoreException if it cannot be asked
   */
  public static List<String> tables(String environment) throws StoreException {
    try (Stores stores = new DefaultStores()) {
      return stores.tables().names(Action.environments().environment(environment, HERE));
    }
  }

  /**
   * Returns what a table is made of.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if there is no such table
   * @throws StoreException if it cannot be asked
   */
  public static TableSchema describe(String table) throws StoreException {
    TableRef named = Action.environments().table(table, HERE);
    try (Stores stores = new DefaultStores()) {
      return stores.tables().open(named, HERE).schema();
    }
  }

  /** Selects by the key of a table: {@code pk("t1")}, {@code pk("t1", "t2")}. */
  public static Where pk(Object... partitionKeys) {
    return new Where(Optional.empty()).pk(partitionKeys);
  }

  /** Selects through a global secondary index: {@code gsi("byTenant").pk("t1")}. */
  public static Where gsi(String index) {
    return new Where(Optional.of(index));
  }

  /** Selects through a local secondary index: {@code lsi("byDay").pk("t1")}. */
  public static Where lsi(String index) {
    return new Where(Optional.of(index));
  }
}
