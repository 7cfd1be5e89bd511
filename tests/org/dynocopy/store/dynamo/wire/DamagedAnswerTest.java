package org.dynocopy.store.dynamo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dynocopy.core.StoreException;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.ProcessVariables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that is not whole, or none of DynamoDB's, must never pass for an empty one. */
class DamagedAnswerTest {

  private static final String PUT = "{\"PutRequest\":{\"Item\":{\"id\":{\"S\":\"a\"}}}}";

  @TempDir Path folder;

  private static SlicedResponse cut(String json) throws StoreException {
    return SlicedResponse.of(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(String json) {
    assertThatThrownBy(() -> cut(json))
        .as(json)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Items\":[{\"id\":{\"S\":\"ä😀\"}}],\"Count\":1,\"LastEvaluatedKey\":{\"id\":{\"S\":\"a\"}}}",
        "{\"UnprocessedItems\":{\"users\":[{\"PutRequest\":{\"Item\":{\"id\":{\"S\":\"a\"}}}}]}}",
      })
  void everyBeginningOfAnAnswerIsRefused(String whole) throws Exception {
    byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
    SlicedResponse.of(bytes);
    for (int length = 1; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> SlicedResponse.of(part)).isInstanceOf(StoreException.class);
    }
  }

  /** A proxy's empty success would count a batch as written. */
  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "[]", "null", "5", "\"ok\"", "true", "[{\"Items\":[]}]"})
  void whatIsNoObjectIsRefused(String text) {
    refused(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>busy</html>",
        "{Items:[]}",
        "{\"Items\":[}",
        "{\"Count\":\"many\"}",
        "{\"Count\":}",
        "{\"ConsumedCapacity\":{\"CapacityUnits\":\"x\"}}",
        "{\"Items\":[],,}",
        "\u0000",
      })
  void whatIsNotDynamoDbsJsonIsRefused(String text) {
    refused(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"Count\":0}x", "{\"Count\":0}{}", "{\"Count\":0}]"})
  void whatGoesOnAfterItsEndIsRefused(String text) {
    refused(text);
  }

  @Test
  void damagedBytesAreRefusedOrReadAndNeverAnythingElse() {
    byte[] whole =
        ("{\"Items\":[{\"id\":{\"S\":\"aä😀\\u00e4\"},\"l\":{\"L\":[{\"N\":\"1\"}]}}],"
                + "\"Count\":1,\"UnprocessedItems\":{\"t\":["
                + PUT
                + "]},"
                + "\"ConsumedCapacity\":{\"CapacityUnits\":1.5}}")
            .getBytes(StandardCharsets.UTF_8);
    Cases.forAll(
        20_000,
        random -> {
          byte[] damaged = whole.clone();
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
          try {
            SlicedResponse.of(damaged);
          } catch (StoreException e) {
            assertThat(e.retryable()).isTrue();
          }
        });
  }

  /** Else what stands after it is taken for a part of it, and unprocessed items for written. */
  @ParameterizedTest
  @ValueSource(strings = {"ConsumedCapacity", "UnprocessedKeys"})
  void nothingInPlaceOfAnObjectDoesNotHideWhatFollows(String field) {
    String json = "{\"" + field + "\":null,\"UnprocessedItems\":{\"users\":[" + PUT + "]}}";
    try {
      assertThat(cut(json).unprocessed()).hasSize(1);
    } catch (StoreException e) {
      // Refusing it is as good.
    }
  }

  /** In a process of its own with little memory: an answer that is read for ever takes all. */
  @Test
  void somethingElseInPlaceOfAnArrayIsNotReadForEver() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Cut.class.getName()));
    List<String> answers =
        List.of(
            "{\"Items\":null}",
            "{\"Items\":{}}",
            "{\"Items\":5}",
            "{\"Responses\":{\"t\":null}}",
            "{\"Responses\":null,\"UnprocessedKeys\":{}}",
            "{\"UnprocessedItems\":{\"t\":null}}",
            "{\"UnprocessedKeys\":{\"t\":{\"Keys\":{}}}}");
    command.addAll(answers);
    Path said = folder.resolve("said");
    Process process =
        ProcessVariables.of(new ProcessBuilder(command))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      boolean ended = process.waitFor(3, TimeUnit.MINUTES);
      assertThat(Files.readString(said)).isEqualTo("end\n".repeat(answers.size()));
      assertThat(ended).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Says of each answer whether it was read to an end. */
  static final class Cut {
    public static void main(String[] answers) {
      for (String answer : answers) {
        try {
          cut(answer);
          System.out.print("end\n");
        } catch (StoreException e) {
          System.out.print("end\n");
        } catch (OutOfMemoryError e) {
          System.out.print("no end: " + answer + "\n");
        }
      }
    }
  }
}
