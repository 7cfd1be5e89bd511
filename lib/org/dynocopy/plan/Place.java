package org.dynocopy.plan;

/**
 * Where a backup is: with the service, in a file, or in S3.
 *
 * @param kind which of them
 * @param where the file's path, {@code bucket/prefix}, or the backup's ARN; empty for a new backup
 *     by the service
 */
public record Place(Kind kind, String where) {

  /** Who keeps it. */
  public enum Kind {
    /** DynamoDB itself, as an on-demand backup. */
    SERVICE,
    /** A file of DynamoDB-JSON lines. */
    FILE,
    /** S3, as DynamoDB exports and imports it. */
    S3
  }

  /**
   * Reads a place.
   *
   * @param text {@code file:path}, {@code s3://bucket/prefix} or a backup's ARN
   * @param at where it stands, for the message
   * @throws InvalidPlanException if it is none of these
   */
  public static Place of(String text, Location at) {
    if (text.startsWith("file:") && text.length() > 5) {
      return new Place(Kind.FILE, text.substring(5));
    }
    String s3 = text.replaceFirst("^s3:(//)?", "");
    if (text.startsWith("s3:") && s3.matches("[a-z0-9][a-z0-9.-]{2,62}(/.*)?")) {
      return new Place(Kind.S3, s3);
    }
    if (text.matches("arn:[^:]+:dynamodb:[^:]*:[^:]*:table/[^/]+/backup/.+")) {
      return new Place(Kind.SERVICE, text);
    }
    String why =
        text.startsWith("s3:") && !s3.isEmpty()
            ? "the name of a bucket has 3 to 63 characters, each of `a-z`, `0-9`, `-` and `.`, and"
                + " begins with a letter or a digit"
            : "write `file:users.jsonl.gz`, `s3://bucket/prefix` or a backup's ARN"
                + Nearest.file(text);
    throw new InvalidPlanException(at, "`" + text + "` is not a place for a backup: " + why);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case SERVICE -> where.isEmpty() ? "an on-demand backup of DynamoDB" : where;
      case FILE -> where;
      case S3 -> "s3://" + where;
    };
  }
}
