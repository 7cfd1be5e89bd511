package org.dynocopy.spec.place;

import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Suggestions;

/** What a job names to read from or to write to: a table, a file, a prefix in S3, a backup. */
public sealed interface StoreRef permits TableRef, FileRef, S3Ref, BackupRef {

  /** Returns how it is written in a recipe. */
  String text();

  /**
   * Reads a reference to what items are read from or written to.
   *
   * @param text {@code file:path}, {@code s3://bucket/prefix}, or what {@link Environments#table}
   *     takes
   * @param at where it stands, for the message
   * @throws InvalidJobException if it is none of these
   */
  static StoreRef of(String text, Location at, Environments environments) {
    if (FileRef.isOne(text)) {
      return FileRef.of(text);
    }
    return S3Ref.isOne(text) ? S3Ref.of(text) : environments.table(text, at);
  }

  /**
   * Reads where a backup is, or is to be.
   *
   * @param text {@code file:path}, {@code s3://bucket/prefix} or a backup's ARN
   * @param at where it stands, for the message
   * @throws InvalidJobException if it is none of these
   */
  static StoreRef ofBackup(String text, Location at) {
    if (FileRef.isOne(text)) {
      return FileRef.of(text);
    }
    if (S3Ref.isOne(text)) {
      return S3Ref.of(text);
    }
    if (BackupRef.isOne(text)) {
      return new BackupRef(text);
    }
    String why =
        S3Ref.namesBucket(text)
            ? "the name of a bucket has 3 to 63 characters, each of `a-z`, `0-9`, `-` and `.`, and"
                + " begins with a letter or a digit"
            : "write `file:users.jsonl.gz`, `s3://bucket/prefix` or a backup's ARN"
                + Suggestions.file(text);
    throw new InvalidJobException(at, "`" + text + "` is not a place for a backup: " + why);
  }
}
