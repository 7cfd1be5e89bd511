package org.dynocopy.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.dynocopy.core.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The form is kept in fingerprints: those that an earlier version has made are compared with new
 * ones, so it stays as it is to the byte.
 */
class NormalFormTest {

  private static byte[] form(String json, String... wanted) throws IOException {
    NormalForm form = new NormalForm();
    form.write(Item.of(json), List.of(wanted));
    return Arrays.copyOf(form.bytes(), form.length());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'S':''} | 53 00000000",
        "{'S':'a\\u007f\\u0080\\u07ff\\u0800\\uffff'} | 53 0000000c 61 7f c280 dfbf e0a080 efbfbf",
        "{'S':'\\ud83d\\ude00'} | 53 00000006 eda0bd edb880",
        "{'N':'0'} | 4e 2b 00000000 00000000",
        "{'N':'-0.00'} | 4e 2b 00000000 00000000",
        "{'N':'-120'} | 4e 2d 00000001 00000002 3132",
        "{'N':'+0.0304e-2'} | 4e 2b fffffffa 00000003 333034",
        "{'N':'1E2'} | 4e 2b 00000002 00000001 31",
        "{'N':'1e999999'} | 4e 2b 000f423f 00000001 31",
        "{'B':'AP8B'} | 42 00000003 00ff01",
        "{'B':''} | 42 00000000",
        "{'BOOL':true} | 54",
        "{'BOOL':false} | 46",
        "{'NULL':true} | 30",
        "{'L':[]} | 4c 00000000",
        "{'L':[{'NULL':true},{'BOOL':true},{'L':[]}]} | 4c 00000003 30 54 4c 00000000",
        "{'M':{}} | 4d 00000000",
        "{'M':{'b':{'NULL':true},'a':{'BOOL':true}}} | 4d 00000002 00000001 61 54 00000001 62 30",
        "{'M':{'aws:rep:a':{'NULL':true}}} | 4d 00000001 00000009 6177733a7265703a61 30",
        "{'SS':['b','']} | 73 00000002 53 00000000 53 00000001 62",
        "{'NS':['2','10']} | 6e 00000002 4e 2b 00000000 00000001 32 4e 2b 00000001 00000001 31",
        "{'BS':['/w==','AQ==']} | 62 00000002 42 00000001 01 42 00000001 ff",
      })
  void valueHasItsForm(String value, String bytes) throws IOException {
    String json = "{'n':%s}".formatted(value).replace('\'', '"');
    assertThat(hex(form(json))).isEqualTo("00000001" + "6e" + bytes.replace(" ", ""));
  }

  @Test
  void itemIsItsAttributesByTheirNames() throws IOException {
    assertThat(hex(form("{\"b\":{\"NULL\":true},\"a\":{\"BOOL\":true}}")))
        .isEqualTo("00000001" + "61" + "54" + "00000001" + "62" + "30");
    assertThat(form("{}")).isEmpty();
    assertThat(hex(form("{\"aws:rep:a\":{\"S\":\"x\"},\"b\":{\"NULL\":true}}")))
        .isEqualTo("00000001" + "62" + "30");
  }

  /** Whatever makes the form longer than what was there for it. */
  @Test
  void formIsAsLongAsTheItem() throws IOException {
    int[] lengths = {4_070, 4_080, 4_085, 4_090, 4_095, 4_096, 4_100, 8_191, 30_000};
    for (int length : lengths) {
      for (int chars : new int[] {1, 3}) {
        String text = (chars == 1 ? "a" : "文").repeat(length);
        assertThat(form("{\"n\":{\"S\":\"" + text + "\"}}")).hasSize(10 + chars * length);
      }
      String bytes = "AAAA".repeat(length / 3);
      assertThat(form("{\"n\":{\"B\":\"" + bytes + "\"}}")).hasSize(10 + length / 3 * 3);
      String list = ",{\"NULL\":true}".repeat(length).substring(1);
      assertThat(form("{\"n\":{\"L\":[" + list + "]}}")).hasSize(10 + length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "5",
        "{'n':5}",
        "{'n':[]}",
        "{'n':{}}",
        "{'n':{'X':1}}",
        "{'n':{'S':'a','N':'1'}}",
        "{'n':{'L':{}}}",
        "{'n':{'L':[5]}}",
        "{'n':{'M':[]}}",
        "{'n':{'SS':{}}}",
        "{'n':{'SS':'a'}}",
        "{'n':{'S':'a'}",
        "{'n':{'M':{'a':{'S':'b'}",
        "{'n':{'N':''}}",
        "{'n':{'N':'-'}}",
        "{'n':{'N':'.'}}",
        "{'n':{'N':'e5'}}",
        "{'n':{'N':'1.2.3'}}",
        "{'n':{'N':'1e'}}",
        "{'n':{'N':'1e1000000'}}",
        "{'n':{'N':'1e-1000000'}}",
        "{'n':{'N':'1e99999999999'}}",
        "{'n':{'N':'0x1'}}",
        "{'n':{'N':' 1'}}",
        "{'n':{'NS':['a']}}",
        "{'n':{'B':'*'}}"
      })
  void whatIsNoItemIsRefused(String json) {
    assertThatThrownBy(() -> form(json.replace('\'', '"'))).isInstanceOf(IOException.class);
  }
}
