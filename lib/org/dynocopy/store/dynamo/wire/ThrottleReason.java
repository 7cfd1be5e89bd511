package org.dynocopy.store.dynamo.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why the service throttles a request, where it says so.
 *
 * @param why what is at its limit, for people; empty if that is not known
 * @param keyRange whether all of it is a range of keys that is too hot, while others may not be
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ThrottlingReason.html">ThrottlingReason</a>
 */
record ThrottleReason(String why, boolean keyRange) {

  static final ThrottleReason UNKNOWN = new ThrottleReason("", false);

  private static final Pattern REASON = Pattern.compile("(Table|Index)(Read|Write)(.+)Exceeded");
  private static final Pattern RESOURCE = Pattern.compile(".*:table/([^/]+)(?:/index/([^/]+))?");

  /** Reads {@code [{"reason":"TableWriteKeyRangeThroughputExceeded","resource":"arn:…"}, …]}. */
  static ThrottleReason of(JsonParser json) throws IOException {
    Set<String> all = new LinkedHashSet<>();
    boolean keyRange = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        continue;
      }
      String reason = "";
      String resource = "";
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        String value = json.nextTextValue();
        json.skipChildren();
        if (value != null && name.equals("reason")) {
          reason = value;
        } else if (value != null && name.equals("resource")) {
          resource = value;
        }
      }
      keyRange &= reason.endsWith("KeyRangeThroughputExceeded");
      all.add(text(reason, resource));
    }
    return all.isEmpty() ? UNKNOWN : new ThrottleReason(String.join("; ", all), keyRange);
  }

  private static String text(String reason, String resource) {
    Matcher parts = REASON.matcher(reason);
    if (!parts.matches()) {
      return (reason + " " + resource).strip();
    }
    String what =
        switch (parts.group(3)) {
          case "KeyRangeThroughput" -> "key range";
          case "ProvisionedThroughput" -> "provisioned throughput";
          case "AccountLimit" -> "account limit";
          case "MaxOnDemandThroughput" -> "on-demand maximum";
          default -> parts.group(3);
        };
    return (parts.group(2).equals("Read") ? "reads of " : "writes of ")
        + name(parts.group(1), resource)
        + ", "
        + what;
  }

  private static String name(String type, String resource) {
    Matcher arn = RESOURCE.matcher(resource);
    if (!arn.matches()) {
      return (type.equals("Index") ? "an index " : "a table ") + resource;
    }
    String table = "table " + arn.group(1);
    return arn.group(2) == null ? table : "index " + arn.group(2) + " of " + table;
  }
}
