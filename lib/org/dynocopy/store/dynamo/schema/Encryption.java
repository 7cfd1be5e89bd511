package org.dynocopy.store.dynamo.schema;

import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;

/**
 * The KMS key of a table. A description names the account's own key for DynamoDB just as one of the
 * customer's; only KMS could tell them apart, so both are treated alike.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html">DynamoDB
 *     encryption at rest: how it works</a>
 */
final class Encryption {

  private Encryption() {}

  /** Returns the key, if one is named. */
  static Optional<String> key(CreateTableRequest table) {
    return Optional.ofNullable(table.sseSpecification()).map(SSESpecification::kmsMasterKeyId);
  }

  /** Encrypts by the account's own key for DynamoDB. */
  static CreateTableRequest withoutKey(CreateTableRequest table) {
    return table.toBuilder()
        .sseSpecification(table.sseSpecification().toBuilder().kmsMasterKeyId(null).build())
        .build();
  }

  /** Returns the region of a key that is named by its ARN. */
  static Optional<String> region(String key) {
    return owner(key).map(owner -> owner.substring(0, owner.indexOf(':')));
  }

  /** Returns the account of what is named by its ARN. */
  static Optional<String> account(String arn) {
    return owner(arn).map(owner -> owner.substring(owner.indexOf(':') + 1));
  }

  /** Returns whether two keys are of one account and region, so that other names are other keys. */
  static boolean comparable(String a, String b) {
    return owner(a).isPresent() && owner(a).equals(owner(b));
  }

  /** Returns {@code region:account} of {@code arn:aws:kms:region:account:key/id}. */
  private static Optional<String> owner(String key) {
    String[] parts = key.split(":");
    return parts.length < 6 ? Optional.empty() : Optional.of(parts[3] + ":" + parts[4]);
  }

  static String notCarried(String key, String why) {
    return "KMS key: "
        + key
        + " is not carried over ("
        + why
        + "), but the account's own key for DynamoDB is used";
  }
}
