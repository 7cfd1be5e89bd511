package org.dynocopy.spec.place;

/**
 * Objects in S3, as DynamoDB exports and imports them.
 *
 * @param place {@code bucket/prefix}
 */
public record S3Ref(String place) implements StoreRef {

  private static final String SCHEME = "s3:";

  static boolean isOne(String text) {
    return text.startsWith(SCHEME) && place(text).matches("[a-z0-9][a-z0-9.-]{2,62}(/.*)?");
  }

  /** Returns whether something is meant to be in S3, whatever the name of the bucket is. */
  static boolean namesBucket(String text) {
    return text.startsWith(SCHEME) && !place(text).isEmpty();
  }

  static S3Ref of(String text) {
    return new S3Ref(place(text));
  }

  private static String place(String text) {
    return text.replaceFirst("^s3:(//)?", "");
  }

  /**
   * Returns whether this is one full export: {@code bucket/prefix/AWSDynamoDB/0123-abcd}. Of
   * several together, an import would keep any of the items that have the same key.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">Table
   *     export output format</a>
   */
  public boolean isExport() {
    return place.matches(".+/AWSDynamoDB/[0-9]+-[^/]+(/data)?/*");
  }

  @Override
  public String text() {
    return SCHEME + "//" + place;
  }

  @Override
  public String toString() {
    return text();
  }
}
