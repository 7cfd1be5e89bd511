package org.dynocopy.store.dynamo.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.dynocopy.json.Json;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.RandomJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jackson decides what JSON is and where it ends. */
@Execution(ExecutionMode.CONCURRENT)
class JsonScanTest {

  private static final int REFUSED = -1;

  /** Refused by Jackson for what stands in a string, which is not looked at here. */
  private static final int UNDECIDED = -2;

  private static final Pattern WITHIN_A_STRING =
      Pattern.compile("surrogate|Unrecognized character escape|hex-digit");

  /** Returns where the object ends that begins there, or that there is none. */
  private static int ours(byte[] bytes) {
    JsonScan scan = new JsonScan(bytes);
    try {
      scan.skipObject();
      return scan.at();
    } catch (IOException e) {
      return REFUSED;
    }
  }

  private static int theirs(byte[] bytes) {
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return REFUSED;
      }
      json.skipChildren();
      // At the end of what there is, Jackson leaves an object open and says nothing.
      return json.currentToken() == JsonToken.END_OBJECT && json.getParsingContext().inRoot()
          ? (int) json.currentLocation().getByteOffset()
          : REFUSED;
    } catch (IOException e) {
      boolean text = Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes);
      return !text || WITHIN_A_STRING.matcher(e.getMessage()).find() ? UNDECIDED : REFUSED;
    }
  }

  private static byte[] object(Random random) {
    RandomJson json = new RandomJson(random, random.nextBoolean());
    String item = json.item(random.nextInt(8), random.nextInt(6));
    String more =
        "{\"n\":[" + json.string() + ",-0.5e+7,true,{},[],null," + item + "],\"o\":" + item + "}";
    return (random.nextBoolean() ? item : more).getBytes(UTF_8);
  }

  @Test
  void objectEndsWhereJacksonSays() {
    Cases.forAll(
        5_000,
        random -> {
          byte[] object = object(random);
          byte[] followed = Arrays.copyOf(object, object.length + random.nextInt(12));
          Arrays.fill(
              followed, object.length, followed.length, (byte) "}\"] ,x".charAt(random.nextInt(6)));
          assertThat(ours(followed)).isEqualTo(theirs(object)).isEqualTo(object.length);
        });
  }

  /** What Jackson takes is taken in the same way; what it refuses is refused. */
  @Test
  void damagedObjectIsRefusedOrEndsWhereJacksonSays() {
    Cases.forAll(
        15_000,
        random -> {
          byte[] damaged = object(random);
          for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(damaged.length);
            damaged[at] =
                random.nextInt(3) == 0
                    ? (byte) random.nextInt(256)
                    : (byte) "{}[]\",:\\ \n01-+.eEtfnu".charAt(random.nextInt(21));
          }
          int length = random.nextInt(4) == 0 ? random.nextInt(damaged.length + 1) : damaged.length;
          byte[] bytes = Arrays.copyOf(damaged, length);
          int theirs = theirs(bytes);
          if (theirs != UNDECIDED) {
            String text = new String(bytes, UTF_8);
            assertThat(ours(bytes)).as(text).isEqualTo(theirs);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"",
        "{\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\":1]",
        "{\"a\":[1}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\" 1}",
        "{a:1}",
        "{\"a\":\"\\\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":1e}",
        "{\"a\":-}",
        "{\"a\":nul}",
        "{\"a\":True}",
        "{\"a\":NaN}",
        "[]",
        "\"\"",
      })
  void whatIsNoObjectIsRefused(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    assertThat(ours(bytes)).isEqualTo(theirs(bytes)).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"S\":\"x\"}",
        "{\"S\":\"x\" }",
        "{\"S\":\"x\",\"N\":\"1\"}",
        "{\"S\":\"\"}",
        "{\"X\":\"\"}",
        "{\"\\\\\":\"\"}",
        "{\"S\":\"x\"]",
        "{\"S\":\"x\"",
        "{\"S\":\"x",
        "{\"S\":\"",
        "{\"\"\":\"x\"}",
      })
  void whatLooksLikeAnAttributeEndsWhereJacksonSays(String value) {
    for (int depth : new int[] {1, 998, 999, 1_000}) {
      String text = "{\"a\":".repeat(depth) + value + "}".repeat(depth);
      byte[] bytes = text.getBytes(UTF_8);
      assertThat(ours(bytes)).as("%d deep", depth).isEqualTo(theirs(bytes));
    }
  }

  @Test
  void depthHasTheSameBoundAsJacksons() {
    for (int depth : new int[] {1, 999, 1_000, 1_001, 100_000}) {
      String open = "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
      byte[] bytes = (depth == 1 ? "{}" : open).getBytes(UTF_8);
      assertThat(ours(bytes))
          .isEqualTo(theirs(bytes))
          .isEqualTo(depth > 1_000 ? REFUSED : bytes.length);
    }
  }

  @Test
  void stringsEndWhereverTheirQuotesStandAmongEightBytes() {
    for (int before = 0; before < 20; before++) {
      for (int after = 0; after < 20; after++) {
        String string = "x".repeat(before) + "\\\"" + "\u00e4".repeat(after);
        byte[] bytes = ("{\"a\":\"" + string + "\\\\\"}").getBytes(UTF_8);
        assertThat(ours(bytes)).isEqualTo(bytes.length);
      }
    }
  }

  @Test
  void nameMayBeEscaped() throws Exception {
    JsonScan scan = new JsonScan("\"\\u0049tem\\u0073\" :".getBytes(UTF_8));
    assertThat(scan.name()).isEqualTo("Items");
    JsonScan wrong = new JsonScan("\"\\u00zz\":".getBytes(UTF_8));
    assertThatThrownBy(wrong::name).isInstanceOf(IOException.class);
  }
}
