package org.dynocopy.spec.place;

/**
 * An on-demand backup, which DynamoDB itself keeps.
 *
 * @param arn its ARN
 */
public record BackupRef(String arn) implements StoreRef {

  static boolean isOne(String text) {
    return text.matches("arn:[^:]+:dynamodb:[^:]*:[^:]*:table/[^/]+/backup/.+");
  }

  @Override
  public String text() {
    return arn;
  }

  @Override
  public String toString() {
    return arn;
  }
}
