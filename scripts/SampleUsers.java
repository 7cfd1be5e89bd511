package org.dynocopy.scripts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A sample data set: users of tenants, the same ones on every run, with every attribute type.
 *
 * <p>The key is {@code id}; the index {@code byTenant} ({@code tenant}, {@code createdAt}) holds
 * all attributes. The tenant {@code t1} has an eighth of the users, the others share the rest.
 */
public final class SampleUsers {
  /** How many users there are. */
  public static final int COUNT = 20_000;

  /** The access key of the database that holds them; dynocopy's own for embedded databases. */
  public static final String ACCESS_KEY = "local";

  private static final int TENANTS = 40;

  // DynamoDB Local checks no signature, but takes the database's name from here.
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential="
          + ACCESS_KEY
          + "/20250101/%s/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  private static final String TABLE =
      """
      {"TableName": "%s", "BillingMode": "PAY_PER_REQUEST",
       "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}%s],
       "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]%s}
      """;

  private static final String INDEX_ATTRIBUTES =
      """
      ,{"AttributeName": "tenant", "AttributeType": "S"},
       {"AttributeName": "createdAt", "AttributeType": "S"}
      """;

  private static final String INDEX =
      """
      ,"GlobalSecondaryIndexes": [{"IndexName": "byTenant", "Projection": {"ProjectionType": "ALL"},
         "KeySchema": [{"AttributeName": "tenant", "KeyType": "HASH"},
           {"AttributeName": "createdAt", "KeyType": "RANGE"}]}]
      """;

  private static final String[] FIRST_NAMES = {
    "Ada", "Grace", "Łucja", "Søren", "José", "Zoë", "Ольга", "Νίκη", "明美", "지훈", "عمر", "Ḥasan"
  };
  private static final String[] LAST_NAMES = {
    "Lovelace", "Hopper", "Nowák", "Kierkegaard", "O'Brien", "D\\\"Arc", "Иванова", "佐藤", "김", "😀"
  };
  private static final String[] TAGS = {
    "beta", "staff", "vip", "région", "naïve", "trial", "#1", ":x"
  };

  // The edges of what a number can be: 38 digits, the smallest and the largest magnitude.
  private static final String[] NUMBERS = {
    "12345678901234567890123456789012345678",
    "-0.12345678901234567890123456789012345678",
    "1E-130",
    "-9.9999999999999999999999999999999999999E+125",
    "9007199254740993",
    "3.1415926535897932384626433832795028842"
  };

  private SampleUsers() {}

  /** Creates the table {@code name} in the region's database, empty and without an index. */
  public static void createEmpty(DynamoLocal local, String region, String name) {
    call(local.endpoint(), region, "CreateTable", TABLE.formatted(name, "", ""));
  }

  /** Creates the table {@code name} in the region's database, with its index and all users. */
  public static void load(DynamoLocal local, String region, String name) {
    load(local, region, name, COUNT);
  }

  /** Creates the table likewise, with so many users. */
  public static void load(DynamoLocal local, String region, String name, int count) {
    var table = TABLE.formatted(name, INDEX_ATTRIBUTES, INDEX);
    call(local.endpoint(), region, "CreateTable", table);
    Iterable<DynamoLocal.Row> users =
        IntStream.range(0, count).mapToObj(SampleUsers::user)::iterator;
    local.fill(ACCESS_KEY, region, name, users);
  }

  /** Returns user {@code i}. */
  static DynamoLocal.Row user(int i) {
    // A generator for each user, so that a user does not depend on those made before it.
    var random = new SplittableRandom(0x9E3779B97F4A7C15L * (i + 1));
    var id = "u%06d".formatted(i);
    var tenant = i % 8 == 0 ? "t1" : "t" + (2 + random.nextInt(TENANTS - 1));
    var created = Instant.ofEpochMilli(1_600_000_000_000L + random.nextLong(150_000_000_000L));
    var first = FIRST_NAMES[random.nextInt(FIRST_NAMES.length)];
    var last = LAST_NAMES[random.nextInt(LAST_NAMES.length)];
    var item = new StringBuilder(600).append('{');
    text(item, "id", id).append(',');
    text(item, "tenant", tenant).append(',');
    text(item, "createdAt", created.toString()).append(',');
    text(item, "name", first + " " + last).append(',');
    item.append("\"active\":{\"BOOL\":").append(i % 5 != 0).append('}');
    // The rest is for some users only, as real items differ.
    if (i % 3 == 1) {
      item.append(",\"tags\":{\"SS\":[\"all\",\"").append(TAGS[i % TAGS.length]).append("\"]}");
    }
    if (i % 5 == 0) {
      number(item.append(','), "balance", random.nextInt(-99_999, 99_999) + ".25");
    }
    if (i % 3 == 0) {
      item.append(",\"profile\":{\"M\":{");
      text(item, "bio", i % 2 == 0 ? "" : "Likes " + TAGS[random.nextInt(TAGS.length)]).append(',');
      binary(item, "avatar", random, random.nextInt(40)).append(',');
      item.append("\"place\":{\"L\":[{\"N\":\"").append(random.nextInt(-90, 90)).append(".5\"},");
      item.append("{\"N\":\"-0.0").append(random.nextInt(1, 10)).append("\"}]}}}");
    }
    if (i % 4 == 1) {
      item.append(",\"scores\":{\"NS\":[\"").append(random.nextInt(100)).append("\",\"-1.5\"]}");
      item.append(",\"deletedAt\":{\"NULL\":true}");
    }
    if (i % 8 == 2) {
      item.append(",\"keys\":{\"BS\":[\"").append(bytes(random, 12)).append("\",\"");
      item.append(bytes(random, 16)).append("\"]},\"history\":{\"L\":[]},\"settings\":{\"M\":{}},");
      binary(item, "secret", random, 0);
    }
    if (i % 16 == 0) {
      item.append(",\"devices\":{\"L\":[{\"M\":{");
      binary(item, "token", random, 20).append(',');
      number(item, "limit", NUMBERS[random.nextInt(NUMBERS.length)]);
      item.append("}},{\"NULL\":true},{\"BOOL\":false},{\"S\":\"\\u0001\\n{\\\"}]\\\\\"}]},");
      // Outside of lists and maps, DynamoDB Local keeps no exponents.
      var credit = new BigDecimal(NUMBERS[random.nextInt(NUMBERS.length)]);
      number(item, "credit", credit.toPlainString());
    }
    return new DynamoLocal.Row(
        item.append('}').toString(), id, List.of(tenant, created.toString()));
  }

  private static StringBuilder text(StringBuilder item, String name, String value) {
    return item.append('"').append(name).append("\":{\"S\":\"").append(value).append("\"}");
  }

  private static StringBuilder number(StringBuilder item, String name, String value) {
    return item.append('"').append(name).append("\":{\"N\":\"").append(value).append("\"}");
  }

  private static StringBuilder binary(
      StringBuilder item, String name, SplittableRandom random, int length) {
    item.append('"').append(name).append("\":{\"B\":\"");
    return item.append(bytes(random, length)).append("\"}");
  }

  private static String bytes(SplittableRandom random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void call(URI endpoint, String region, String operation, String body) {
    try {
      var request = (HttpURLConnection) endpoint.toURL().openConnection();
      request.setRequestMethod("POST");
      request.setDoOutput(true);
      request.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
      request.setRequestProperty("X-Amz-Target", "DynamoDB_20120810." + operation);
      request.setRequestProperty("Authorization", AUTHORIZATION.formatted(region));
      try (var out = request.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
      if (request.getResponseCode() != 200) {
        try (InputStream error = request.getErrorStream()) {
          var message = new String(error.readAllBytes(), StandardCharsets.UTF_8);
          throw new IllegalStateException(operation + " failed: " + message);
        }
      }
      request.getInputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
