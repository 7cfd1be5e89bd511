package org.dynocopy.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.dynocopy.core.Item;
import org.dynocopy.json.Json;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.PlainValues;
import org.dynocopy.testing.RandomJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {

  private static String value(String typed) throws IOException {
    return new String(PlainJson.value(Item.of(typed)), StandardCharsets.UTF_8);
  }

  private static String item(String typed) throws IOException {
    return new String(PlainJson.item(Item.of(typed)), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'S':'ä €漢😀'}          | 'ä €漢😀'",
        "{'S':''}                | ''",
        "{'S':'\\u0000\\n\\/'}   | '\\u0000\\n/'",
        "{'N':'41'}              | 41",
        "{'B':'AP8='}            | 'AP8='",
        "{'BOOL':false}          | false",
        "{'NULL':true}           | null",
        "{'L':[]}                | []",
        "{'L':[{'S':'a'},{'N':'1'},{'NULL':true}]} | ['a',1,null]",
        "{'M':{}}                | {}",
        "{'M':{'b':{'N':'1'},'a':{'M':{'c':{'L':[]}}}}} | {'b':1,'a':{'c':[]}}",
        "{'SS':['b','a']}        | ['b','a']",
        "{'NS':['1.0','2E+3']}   | [1.0,2E+3]",
        "{'BS':['AP8=','']}      | ['AP8=','']",
      })
  void everyTypeHasItsPlainForm(String typed, String plain) throws IOException {
    assertThat(value(typed.replace('\'', '"'))).isEqualTo(plain.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678901234567890123456789012345678",
        "-0.00000000000000000000000000000000000001",
        "1E+3",
        "9.9e125",
        "-1E-130",
        "1.0",
        "0",
      })
  void numbersKeepTheirText(String number) throws IOException {
    assertThat(value("{\"N\":\"" + number + "\"}")).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({".5,0.5", "+1,1", "007,7", "1.,1"})
  void numbersThatJsonDoesNotTakeAreWrittenAsItDoes(String number, String json) throws IOException {
    assertThat(value("{\"N\":\"" + number + "\"}")).isEqualTo(json);
  }

  @Test
  void itemsKeepTheirOrderAndLoseTheirLineBreaks() throws IOException {
    assertThat(item("{\n \"b\": {\"S\" : \"x\"},\r\n\t\"a\":{\"N\":\"1\"} }"))
        .isEqualTo("{\"b\":\"x\",\"a\":1}");
    assertThat(item("{}")).isEqualTo("{}");
  }

  @Test
  void deepValuesAreCopied() throws IOException {
    assertThat(value(PlainValues.nested(30)))
        .isEqualTo("[{\"a\":".repeat(15) + 1 + "}]".repeat(15));
  }

  @Test
  void longTextsStayAsTheyAreWhereverTheyAreCut() throws IOException {
    for (int shift = 0; shift < 8; shift++) {
      String text = "x".repeat(shift) + "😀ä€".repeat(10_000);
      assertThat(item("{\"" + text + "\":{\"S\":\"" + text + "\"}}"))
          .isEqualTo("{\"" + text + "\":\"" + text + "\"}");
    }
  }

  @Test
  void partOfPageIsReadAlone() throws IOException {
    byte[] page = "[{\"a\":{\"S\":\"x\"}},{\"b\":5}]".getBytes(StandardCharsets.UTF_8);
    assertThat(PlainJson.item(new Item(page, 1, 15))).asString().isEqualTo("{\"a\":\"x\"}");
  }

  @Test
  void everyItemSaysTheSameAsItsValues() {
    Cases.forAll(
        2_000,
        random -> {
          String typed = new RandomJson(random, true).item(random.nextInt(6), 4);
          byte[] bytes = typed.getBytes(StandardCharsets.UTF_8);
          try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
            json.nextToken();
            String plain = item(typed);
            assertThat(plain).doesNotContain("\n", "\r");
            PlainValues.assertSame(PlainValues.parse(plain), AttributeJson.map(json));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "[]",
        "null",
        "{}",
        "{\"X\":1}",
        "{\"S\":\"a\",\"N\":\"1\"}",
        "{\"S\":5}",
        "{\"N\":{}}",
        "{\"L\":5}",
        "{\"L\":null}",
        "{\"L\":[1]}",
        "{\"L\":[",
        "{\"M\":[]}",
        "{\"M\":{\"a\":1}}",
        "{\"SS\":5}",
        "{\"SS\":[\"a\",1]}",
        "{\"NS\":[\"1\"",
        "{\"BS\":{}}",
        "{\"BOOL\":1}",
      })
  void whatIsNoAttributeIsRefused(String typed) {
    assertThatThrownBy(() -> value(typed)).isInstanceOf(IOException.class);
  }

  @Test
  void numberThatIsNoneIsRefused() {
    assertThatThrownBy(() -> value("{\"N\":\"NaN\"}")).isInstanceOf(IOException.class);
  }
}
