package org.dynocopy.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dynocopy.core.Item;
import org.dynocopy.item.ItemMap;
import org.dynocopy.item.NormalForm;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.DifferentValues;
import org.dynocopy.testing.ItemTexts;
import org.dynocopy.testing.servers.HostileItems;
import org.dynocopy.testing.servers.TableComparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Digests are equal for equal items and for no others; the model is the SDK's AttributeValue. */
class ItemDigestTest {

  private static final List<String> KEY = List.of("id");
  private static final List<Map<String, AttributeValue>> HOSTILE = HostileItems.of(400).toList();

  private static String digest(Item item) throws IOException {
    return HexFormat.of().formatHex(new ItemDigest(KEY).of(item).item());
  }

  private static String digest(String attribute) {
    try {
      return digest(Item.of("{\"id\":{\"S\":\"1\"},\"a\":" + attribute + "}"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void thereAreAsManyDigestsAsItems() {
    Cases.forAll(
        300,
        random -> {
          ItemTexts texts = new ItemTexts(random);
          Map<String, AttributeValue> one = HOSTILE.get(random.nextInt(HOSTILE.size()));
          Map<String, AttributeValue> other = new HashMap<>(one);
          for (int changes = random.nextInt(3); changes > 0; changes--) {
            change(other, random);
          }
          Item first = texts.of(one);
          Item second = texts.of(other);
          boolean same = TableComparison.same(one, other, true);
          assertThat(digest(first).equals(digest(second))).as(one + "\n" + other).isEqualTo(same);
          assertThat(ItemMap.same(first, second)).as(one + "\n" + other).isEqualTo(same);
        });
  }

  /** Changes an attribute that is not the key, perhaps into the same. */
  private static void change(Map<String, AttributeValue> item, Random random) {
    List<String> names = new ArrayList<>(item.keySet());
    names.remove("id");
    String name = names.isEmpty() ? "new" : names.get(random.nextInt(names.size()));
    if (random.nextInt(5) == 0 || names.isEmpty()) {
      item.put("new" + random.nextInt(3), AttributeValue.fromNul(true));
    } else if (random.nextInt(5) == 0) {
      item.remove(name);
    } else {
      item.put(name, changed(item.get(name), random));
    }
  }

  private static AttributeValue changed(AttributeValue value, Random random) {
    return switch (value.type()) {
      case S -> AttributeValue.fromS(random.nextBoolean() ? value.s() + "\0" : "");
      case N -> AttributeValue.fromN(random.nextBoolean() ? "-" + plus(value.n()) : "0");
      case B -> AttributeValue.fromB(SdkBytes.fromByteArray(new byte[random.nextInt(3)]));
      case BOOL -> AttributeValue.fromBool(!value.bool());
      case NUL -> AttributeValue.fromBool(random.nextBoolean());
      case M -> {
        Map<String, AttributeValue> map = new HashMap<>(value.m());
        map.put("x", AttributeValue.fromL(List.of()));
        yield AttributeValue.fromM(map);
      }
      case L -> {
        List<AttributeValue> list = new ArrayList<>(value.l());
        if (list.size() > 1 && random.nextBoolean()) {
          list.add(list.remove(0));
        } else {
          list.add(AttributeValue.fromS(""));
        }
        yield AttributeValue.fromL(list);
      }
      case SS ->
          random.nextBoolean()
              ? AttributeValue.fromSs(withAnother(value.ss(), "another"))
              : AttributeValue.fromL(value.ss().stream().map(AttributeValue::fromS).toList());
      case NS ->
          AttributeValue.fromNs(
              random.nextBoolean() ? withAnother(value.ns(), "77") : value.ns().subList(0, 1));
      default ->
          AttributeValue.fromBs(
              random.nextBoolean()
                  ? withAnother(value.bs(), SdkBytes.fromUtf8String("another"))
                  : value.bs().subList(0, 1));
    };
  }

  private static <T> List<T> withAnother(List<T> set, T member) {
    List<T> changed = new ArrayList<>(set);
    changed.set(0, member);
    return changed;
  }

  private static String plus(String number) {
    return number.startsWith("-") ? number.substring(1) : number;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "1, 1E0",
    "100, 1e2",
    "0, -0.0",
    "0, 0E+5",
    "-0.10, -1E-1",
    "007, 7",
    "1E-130, 0.1E-129",
    "12345678901234567890123456789012345678, 1.2345678901234567890123456789012345678E+37"
  })
  void theSameNumberIsTheSame(String one, String other) {
    assertThat(digest("{\"N\":\"" + one + "\"}")).isEqualTo(digest("{\"N\":\"" + other + "\"}"));
    assertThat(digest("{\"NS\":[\"5\",\"" + one + "\"]}"))
        .isEqualTo(digest("{\"NS\":[\"" + other + "\",\"5\"]}"));
    assertThat(digest("{\"S\":\"" + one + "\"}")).isNotEqualTo(digest("{\"S\":\"" + other + "\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"N\":\"1\"} | {\"N\":\"-1\"}",
        "{\"N\":\"1\"} | {\"N\":\"10\"}",
        "{\"N\":\"1\"} | {\"S\":\"1\"}",
        "{\"S\":\"\"} | {\"B\":\"\"}",
        "{\"S\":\"\"} | {\"NULL\":true}",
        "{\"L\":[]} | {\"M\":{}}",
        "{\"L\":[{\"S\":\"ab\"}]} | {\"L\":[{\"S\":\"a\"},{\"S\":\"b\"}]}",
        "{\"L\":[{\"S\":\"a\"},{\"S\":\"b\"}]} | {\"L\":[{\"S\":\"b\"},{\"S\":\"a\"}]}",
        "{\"SS\":[\"ab\"]} | {\"SS\":[\"a\",\"b\"]}",
        "{\"SS\":[\"1\"]} | {\"NS\":[\"1\"]}",
        "{\"M\":{\"a\":{\"M\":{}}}} | {\"M\":{\"a\":{\"L\":[]}}}",
        "{\"S\":\"\\ud800\"} | {\"S\":\"\\ud801\"}",
        "{\"BOOL\":true} | {\"BOOL\":false}",
      })
  void otherValuesAreOthers(String one, String other) {
    assertThat(digest(one)).isNotEqualTo(digest(other));
  }

  @Test
  void noTwoOfAllKindsOfValuesAreTheSame() throws IOException {
    List<String> all = new ArrayList<>();
    for (String json : DifferentValues.ALL) {
      all.add(json);
      all.add("{\"L\":[{\"L\":[" + json + "]}]}");
      all.add("{\"M\":{\"name\":" + json + "}}");
    }
    Map<String, String> byDigest = new HashMap<>();
    for (String json : all) {
      assertThat(byDigest.put(digest(json), json)).as(json).isNull();
    }
    List<ItemMap> items = new ArrayList<>();
    for (String value : DifferentValues.ALL) {
      items.add(new ItemMap(Item.of("{\"a\":" + value + "}")));
    }
    for (ItemMap one : items) {
      assertThat(items.stream().filter(one::same)).as("%s", one).containsExactly(one);
    }
  }

  /** The attributes' names are a part of an item, and where each of them begins. */
  @Test
  void itemsWithOtherNamesAreOthers() throws IOException {
    List<String> items =
        List.of(
            "{'id':{'S':'1'}}",
            "{'id':{'S':'1'},'a':{'S':'b'}}",
            "{'id':{'S':'1'},'b':{'S':'a'}}",
            "{'id':{'S':'1'},'ab':{'S':''}}",
            "{'id':{'S':'1'},'':{'S':'ab'}}",
            "{'id':{'S':'1'},'a':{'S':'b'},'c':{'S':'b'}}",
            "{'id':{'S':'2'},'a':{'S':'b'}}",
            "{'id':{'N':'1'},'a':{'S':'b'}}");
    Map<String, String> byDigest = new HashMap<>();
    for (String item : items) {
      String digest = digest(Item.of(item.replace('\'', '"')));
      assertThat(byDigest.put(digest, item)).as(item).isNull();
    }
  }

  @Test
  void keysOfOtherTypesAreOthers() throws IOException {
    ItemDigest digest = new ItemDigest(KEY);
    byte[] text = digest.of(Item.of("{\"id\":{\"S\":\"a\"}}")).key();
    byte[] binary = digest.of(Item.of("{\"id\":{\"B\":\"YQ==\"}}")).key();
    assertThat(text).isNotEqualTo(binary);
  }

  @Test
  void keysWhosePartsAreDividedElsewhereAreOthers() throws IOException {
    ItemDigest digest = new ItemDigest(List.of("p", "s"));
    byte[] one = digest.of(Item.of("{\"p\":{\"S\":\"ab\"},\"s\":{\"S\":\"c\"}}")).key();
    byte[] other = digest.of(Item.of("{\"p\":{\"S\":\"a\"},\"s\":{\"S\":\"bc\"}}")).key();
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void theKeyIsTheSameWhateverTheRestIs() throws IOException {
    ItemDigest digest = new ItemDigest(List.of("id", "n"));
    byte[] key = digest.of(Item.of("{\"n\":{\"N\":\"1.0\"},\"id\":{\"S\":\"a\"}}")).key();
    assertThat(
            digest
                .of(Item.of("{\"id\":{\"S\":\"a\"},\"z\":{\"S\":\"\"},\"n\":{\"N\":\"1\"}}"))
                .key())
        .isEqualTo(key);
    assertThat(digest.of(Item.of("{\"n\":{\"S\":\"a\"},\"id\":{\"N\":\"1\"}}")).key())
        .isNotEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"id\":\"x\"}",
        "{\"id\":{\"X\":\"x\"}}",
        "{\"id\":{\"N\":\"x\"}}",
        "{\"id\":{\"N\":\"\"}}",
        "{\"id\":{\"N\":\"1E\"}}",
        "{\"id\":{\"N\":\"1.2.3\"}}",
        "{\"id\":{\"N\":\"1E9999999999\"}}",
        "{\"name\":{\"S\":\"x\"}}",
        "{\"id\":{\"S\":\"x\"}"
      })
  void whatIsNoItemIsSaid(String text) {
    assertThatThrownBy(() -> digest(Item.of(text))).isInstanceOf(IOException.class);
  }

  private static byte[] form(Item item) throws IOException {
    NormalForm form = new NormalForm();
    form.write(item, List.of());
    return Arrays.copyOf(form.bytes(), form.length());
  }

  @Test
  void keyIsTheFormOfItsValuesInTheOrderOfTheKey() throws Exception {
    List<String> keys = List.of("id", "day");
    Item item = Item.of("{\"day\":{\"N\":\"5.0\"},\"x\":{\"S\":\"\"},\"id\":{\"S\":\"a\"}}");
    ItemDigest digest = new ItemDigest(keys);
    byte[] key =
        HexFormat.of()
            .parseHex("53" + "00000001" + "61" + "4e2b" + "0".repeat(8) + "00000001" + "35");
    assertThat(digest.of(item).key()).isEqualTo(ItemDigest.sha256().digest(key));
    assertThat(digest.of(item).item()).isEqualTo(ItemDigest.sha256().digest(form(item)));
    // What was there in the item before is none of this one's.
    Item keyless = Item.of("{\"id\":{\"S\":\"a\"}}");
    assertThatThrownBy(() -> digest.of(keyless)).hasMessage("the item has no key attribute `day`");
  }
}
