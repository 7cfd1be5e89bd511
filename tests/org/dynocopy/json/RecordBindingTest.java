package org.dynocopy.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;

class RecordBindingTest {

  record Inner(int number, Optional<String> text) {}

  record Sums(String first, long second) {}

  record Document(
      String text,
      long whole,
      double broken,
      boolean is,
      Instant time,
      Path file,
      Optional<Long> perhaps,
      List<Inner> list,
      Map<String, Integer> map,
      Optional<Inner> inner,
      Sums sums,
      BitSet places) {}

  private static final RecordBinding BINDING =
      new RecordBinding()
          .flat(Document.class, "sums")
          .named(Sums.class, "first", "sum")
          .absent(Document.class, "is", true)
          .with(
              BitSet.class,
              places -> places.isEmpty() ? null : places.toString(),
              text -> places((String) text));

  private static BitSet places(String text) {
    BitSet places = new BitSet();
    if (text != null) {
      for (String place : text.substring(1, text.length() - 1).split(", ")) {
        places.set(Integer.parseInt(place));
      }
    }
    return places;
  }

  private static Document any(Random random) {
    List<Inner> list = new ArrayList<>();
    Map<String, Integer> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Optional<String> text = Optional.of("\u00e4\n\"" + i).filter(it -> random.nextBoolean());
      list.add(new Inner(random.nextInt(), text));
      map.put("k" + i, random.nextInt());
    }
    BitSet places = new BitSet();
    random.ints(random.nextInt(3), 0, 50).forEach(places::set);
    return new Document(
        "t" + random.nextInt(),
        random.nextLong(),
        random.nextDouble(),
        random.nextBoolean(),
        Instant.ofEpochMilli(random.nextInt()),
        Path.of("a", "b" + random.nextInt()),
        Optional.of(random.nextLong()).filter(it -> random.nextBoolean()),
        list,
        map,
        list.stream().findFirst(),
        new Sums("s", random.nextLong()),
        places);
  }

  private static Document read(Map<String, ?> fields) throws InvalidDocumentException {
    return BINDING.record(Document.class, JsonDocument.read(JsonDocument.bytes(fields)));
  }

  @Test
  void recordIsReadAsItWasWritten() {
    Cases.forAll(
        200,
        random -> {
          Document document = any(random);
          assertThat(read(BINDING.fields(document))).isEqualTo(document);
        });
  }

  @Test
  void membersHaveTheOrderAndNamesOfComponents() {
    Inner inner = new Inner(1, Optional.empty());
    assertThat(JsonDocument.line(RecordBinding.PLAIN.fields(inner))).isEqualTo("{\"number\":1}");
    Document document = any(new Random(1));
    assertThat(BINDING.fields(document).keySet())
        .startsWith("text", "whole", "broken", "is", "time", "file")
        .contains("sum", "second")
        .doesNotContain("sums");
  }

  @Test
  void missingAndNullMembersAreNamed() {
    Document document = any(new Random(2));
    for (String name : List.of("text", "whole", "broken", "time", "list", "map", "sum", "second")) {
      Map<String, Object> fields = BINDING.fields(document);
      fields.put(name, null);
      assertThatThrownBy(() -> read(fields))
          .isInstanceOf(InvalidDocumentException.class)
          .hasMessage("`" + name + "` is missing");
      fields.remove(name);
      assertThatThrownBy(() -> read(fields)).hasMessage("`" + name + "` is missing");
    }
  }

  @Test
  void membersOfAnotherTypeAreNamed() throws InvalidDocumentException {
    Object[][] wrong = {
      {"text", 1},
      {"whole", new BigDecimal("1.5")},
      {"whole", new BigDecimal("1e30")},
      {"whole", new BigDecimal("1e999999999")},
      {"whole", "1"},
      {"broken", "1"},
      {"is", "true"},
      {"time", "yesterday"},
      {"time", 5},
      {"list", "a"},
      {"list", List.of(5)},
      {"map", Map.of("a", "b")},
      {"perhaps", "b"},
      {"inner", List.of()},
      {"places", "none"},
    };
    for (Object[] one : wrong) {
      Map<String, Object> fields =
          JsonDocument.read(JsonDocument.bytes(BINDING.fields(any(new Random(3)))));
      fields.put((String) one[0], one[1]);
      assertThatThrownBy(() -> BINDING.record(Document.class, fields))
          .isInstanceOf(InvalidDocumentException.class)
          .hasMessageContaining("`" + one[0] + "`");
    }
  }

  @Test
  void membersOfLaterAndEarlierVersionsDoNoHarm() throws InvalidDocumentException {
    Document document = any(new Random(4));
    Map<String, Object> fields = BINDING.fields(document);
    fields.put("later", Map.of("a", List.of(1)));
    assertThat(read(fields)).isEqualTo(document);
    fields.remove("is");
    assertThat(read(fields).is()).isTrue();
  }

  private static Map<String, Object> parse(String text) throws InvalidDocumentException {
    return JsonDocument.read(text.getBytes(UTF_8), "raw");
  }

  @Test
  void rawMembersKeepTheirBytes() throws InvalidDocumentException {
    for (String raw : List.of("{ \"a\" : [1.0, 1e2] }", "\"\\u00e4\"", "12.50", "null", "[]")) {
      Map<String, Object> fields = parse("{\"a\":1,\"raw\": " + raw + " ,\"b\":{\"raw\":true}}");
      assertThat(fields.get("raw")).isEqualTo(new JsonDocument.Raw(raw));
      assertThat(JsonDocument.line(fields))
          .isEqualTo("{\"a\":1,\"raw\":" + raw + ",\"b\":{\"raw\":true}}");
    }
  }

  @Test
  void whatIsNotOneObjectIsRefused() {
    for (String text : List.of("", "[]", "1", "{", "{}{}", "{} x", "{\"a\":1", "{\"a\":01}", "a")) {
      assertThatThrownBy(() -> parse(text)).isInstanceOf(InvalidDocumentException.class);
    }
    assertThatThrownBy(() -> JsonDocument.read("{\"raw\":1}".getBytes(UTF_16BE), "raw"))
        .isInstanceOf(InvalidDocumentException.class);
  }
}
