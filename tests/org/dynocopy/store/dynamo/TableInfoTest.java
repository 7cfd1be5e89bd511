package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.capacity.Billing;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableInfo.Relation;
import org.junit.jupiter.api.Test;

class TableInfoTest {

  private static final String ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/users";
  private static final String LOCAL_ARN = "arn:aws:dynamodb:ddblocal:000000000000:table/users";
  private static final String ENDPOINT = "https://dynamodb.eu-west-1.amazonaws.com:443";
  private static final String LOCAL = "http://localhost:8000";
  private static final Optional<Relation> SAME = Optional.of(Relation.SAME);
  private static final Optional<Relation> OTHERS = Optional.of(Relation.OTHERS);

  private static TableInfo table(String arn, String id, String endpoint, String region) {
    return table(arn, id, endpoint, region, Optional.empty());
  }

  private static TableInfo table(
      String arn, String id, String endpoint, String region, Optional<Instant> created) {
    return new TableInfo(
        "users",
        arn,
        id,
        created,
        URI.create(endpoint),
        region,
        "ACTIVE",
        List.of(),
        Map.of(),
        0,
        0,
        Billing.ON_DEMAND,
        Optional.empty(),
        List.of());
  }

  private static void related(Optional<Relation> expected, TableInfo one, TableInfo other) {
    assertThat(one.relation(other)).isEqualTo(expected);
    assertThat(other.relation(one)).isEqualTo(expected);
  }

  @Test
  void tableIsItself() {
    TableInfo one = table(ARN, "id-1", ENDPOINT, "eu-west-1");
    related(SAME, one, table(ARN, "id-1", ENDPOINT, "eu-west-1"));
  }

  @Test
  void anotherAccountRegionOrNameIsAnotherTable() {
    TableInfo one = table(ARN, "id-1", ENDPOINT, "eu-west-1");
    for (String arn :
        List.of(
            ARN.replace("123456789012", "210987654321"),
            ARN.replace("eu-west-1", "eu-west-3"),
            ARN + "2")) {
      related(OTHERS, one, table(arn, "id-2", ENDPOINT, "eu-west-1"));
    }
  }

  @Test
  void twoServersThatGiveEveryTableOneAccountAreToldApart() {
    TableInfo one = table(LOCAL_ARN, "id-1", LOCAL, "us-east-1");
    related(OTHERS, one, table(LOCAL_ARN, "id-2", "http://localhost:8001", "us-east-1"));
    related(OTHERS, one, table(LOCAL_ARN, "id-2", LOCAL, "eu-west-1"));
    related(SAME, one, table(LOCAL_ARN, "id-1", LOCAL, "eu-west-1"));
    related(OTHERS, one, table(LOCAL_ARN, "", LOCAL, "us-east-1"));
  }

  @Test
  void timeTellsTablesWithoutAnIdApart() {
    Optional<Instant> then = Optional.of(Instant.EPOCH);
    TableInfo one = table(LOCAL_ARN, "", LOCAL, "us-east-1", then);
    related(OTHERS, one, table(LOCAL_ARN, "", LOCAL, "us-east-1", then.map(t -> t.plusMillis(1))));
    related(Optional.empty(), one, table(LOCAL_ARN, "", "http://db:1", "eu-west-1", then));
    related(Optional.empty(), one, table(LOCAL_ARN, "", LOCAL, "us-east-1"));
  }

  /** The SDK asks the account's own endpoint where it knows the account, else the region's. */
  @Test
  void tableIsTheSameThroughAnotherOfItsEndpoints() {
    TableInfo one = table(ARN, "id-1", ENDPOINT, "eu-west-1");
    for (String other :
        List.of(
            "https://123456789012.ddb.eu-west-1.amazonaws.com:443",
            "https://vpce-1-2.dynamodb.eu-west-1.vpce.amazonaws.com:443",
            "https://dynamodb.eu-west-1.api.aws:443")) {
      related(SAME, one, table(ARN, "id-1", other, "eu-west-1"));
    }
  }

  @Test
  void thisMachineIsTheSameByAnyOfItsNames() {
    TableInfo one = table(LOCAL_ARN, "id-1", LOCAL, "us-east-1");
    assertThat(one.isAt(table(LOCAL_ARN, "id-1", "http://127.0.0.1:8000", "us-east-1"))).isTrue();
    assertThat(one.isAt(table(LOCAL_ARN, "id-1", "http://127.0.0.1:8001", "us-east-1"))).isFalse();
  }

  @Test
  void tableMadeAnewIsNotTheOneOfBefore() {
    Optional<Instant> then = Optional.of(Instant.EPOCH);
    TableInfo known = table(ARN, "id-1", ENDPOINT, "eu-west-1", then);
    assertThat(table(ARN, "id-1", ENDPOINT, "eu-west-1").stillIs(known)).isTrue();
    assertThat(table(ARN, "id-2", ENDPOINT, "eu-west-1", then).stillIs(known)).isFalse();
    TableInfo local = table(LOCAL_ARN, "", LOCAL, "us-east-1", then);
    assertThat(table(LOCAL_ARN, "", LOCAL, "us-east-1", then).stillIs(local)).isTrue();
    assertThat(table(LOCAL_ARN, "", LOCAL, "us-east-1").stillIs(local)).isFalse();
  }
}
