package org.dynocopy.store.dynamo;

import java.util.Optional;
import java.util.UUID;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.store.TableInfo.Relation;
import org.dynocopy.store.dynamo.key.AbsentKey;
import org.dynocopy.store.dynamo.table.TableDescriber;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.RequestJson;
import org.dynocopy.store.dynamo.wire.SingleRequests;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Finds out whether two tables are one, or replicas of one, where what they say of themselves does
 * not tell. Nothing is written for that.
 */
final class TableIdentity {

  private final DynamoTable one;
  private final DynamoTable other;

  private TableIdentity(DynamoTable one, DynamoTable other) {
    this.one = one;
    this.other = other;
  }

  /**
   * Returns how two tables belong together.
   *
   * @throws StoreException if the service cannot be asked
   */
  static Relation of(DynamoTable one, DynamoTable other) throws StoreException {
    if (one.connection() == other.connection() && one.info().arn().equals(other.info().arn())) {
      return Relation.SAME;
    }
    TableIdentity both = new TableIdentity(one, other);
    Optional<Relation> told = one.info().relation(other.info());
    if (told.isEmpty()) {
      return both.byToken();
    }
    return told.get() == Relation.OTHERS && both.mayBeOldReplicas()
        ? Relation.REPLICAS
        : told.get();
  }

  /** The global tables of 2017 are in no table's description; those in one account alone. */
  private boolean mayBeOldReplicas() throws StoreException {
    String here = one.info().arn();
    String there = other.info().arn();
    boolean sameName =
        !here.equals(there)
            && here.split(":").length > 3
            && there.split(":").length > 3
            && TableDescriber.inRegion(here, there.split(":")[3]).equals(there);
    return sameName
        && one.connection()
            .ask(
                "DescribeGlobalTable",
                client -> {
                  try {
                    return client
                        .describeGlobalTable(r -> r.globalTableName(tableName(here)))
                        .globalTableDescription()
                        .replicationGroup()
                        .stream()
                        .anyMatch(replica -> other.info().region().equals(replica.regionName()));
                  } catch (DynamoDbException e) {
                    // There is none, or it may not be read here: what is to be copied is no proof.
                    return false;
                  }
                });
  }

  private static String tableName(String arn) {
    return arn.substring(arn.indexOf('/') + 1);
  }

  /**
   * A database knows a transaction's token again: sent once more for something else, it is refused.
   * So the token of one that checks the absence of a key, and writes nothing, tells whether both
   * tables are in one database. Servers without such tokens are asked no further: then the same
   * time is taken for the same table.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">ClientRequestToken</a>
   */
  private Relation byToken() throws StoreException {
    String token = UUID.randomUUID().toString();
    Item first = AbsentKey.of(one.info());
    Item second = AbsentKey.of(one.info());
    Answered known = send(one, token, first) == Answered.NEW ? send(one, token, second) : null;
    known = known == Answered.KNOWN ? send(other, token, second) : null;
    boolean bothTimes = one.info().created().isPresent() && other.info().created().isPresent();
    boolean same =
        known == null || known == Answered.NEITHER
            ? bothTimes || one.info().isAt(other.info())
            : known == Answered.KNOWN;
    return same ? Relation.SAME : Relation.OTHERS;
  }

  /** What a database says of a token. */
  private enum Answered {
    NEW,
    KNOWN,
    NEITHER
  }

  private static Answered send(DynamoTable table, String token, Item key) throws StoreException {
    RequestBody body =
        new RequestBody()
            .add("{\"ClientRequestToken\":\"" + token + "\",\"TransactItems\":[")
            .add("{\"ConditionCheck\":{\"TableName\":\"" + table.info().name() + "\",\"Key\":")
            .add(key)
            .add(",\"ConditionExpression\":\"attribute_not_exists(#k)\"")
            .add(",\"ExpressionAttributeNames\":{\"#k\":")
            .add(RequestJson.quoted(table.info().keyNames().get(0)))
            .add("}}}]}");
    try {
      SingleRequests.send(() -> table.wire().call("TransactWriteItems", body));
      return Answered.NEW;
    } catch (StoreException e) {
      if (e.retryable()) {
        throw e;
      }
      return e.getMessage().contains("IdempotentParameterMismatch")
          ? Answered.KNOWN
          : Answered.NEITHER;
    }
  }
}
