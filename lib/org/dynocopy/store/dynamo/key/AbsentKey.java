package org.dynocopy.store.dynamo.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.dynocopy.core.Item;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.json.Json;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.store.TableInfo;

/** A key that no item has, as it is random: requests about it are tried without an effect. */
public final class AbsentKey {

  private AbsentKey() {}

  /** Returns one as JSON, another one each time. */
  public static Item of(TableInfo table) {
    byte[] json =
        Json.bytes(
            out -> {
              out.writeStartObject();
              for (TableInfo.Key key : table.keys()) {
                out.writeFieldName(key.name());
                AttributeJson.write(out, value(key.type()));
              }
              out.writeEndObject();
            });
    return new Item(json, 0, json.length);
  }

  /** Returns a value that no key of this type has. */
  public static Object value(KeyAttributeType type) {
    UUID random = UUID.randomUUID();
    String text = "dynocopy-" + random;
    return switch (type) {
      case S -> text;
      case N ->
          new BigDecimal(
              BigInteger.valueOf(random.getMostSignificantBits() & Long.MAX_VALUE)
                  .shiftLeft(60)
                  .add(BigInteger.valueOf(random.getLeastSignificantBits())));
      case B -> text.getBytes(StandardCharsets.US_ASCII);
    };
  }
}
