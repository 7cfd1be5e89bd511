package org.dynocopy.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.dynocopy.core.Item;
import org.dynocopy.spec.Query.Format;
import org.dynocopy.testing.DifferentValues;
import org.junit.jupiter.api.Test;

class DistinctTest {

  private static String distinct(Format format, boolean dynamoJson, String... values)
      throws IOException {
    String[] items = new String[values.length];
    for (int i = 0; i < items.length; i++) {
      items[i] = "{'id':{'N':'" + i + "'}" + (values[i] == null ? "" : ",'a':" + values[i]) + "}";
    }
    return Printed.of(out -> Distinct.of("a", format, dynamoJson, out), items);
  }

  @Test
  void everyValueIsPrintedOnceInEveryFormat() throws IOException {
    String[] values = {"{'S':'t,2'}", "{'S':'t1'}", null, "{'S':'t,2'}", "{'N':'1'}"};
    assertThat(distinct(Format.JSONL, false, values)).isEqualTo("\"t,2\"\n\"t1\"\n1\n");
    assertThat(distinct(Format.JSON, false, values))
        .isEqualTo("[\n  \"t,2\",\n  \"t1\",\n  1\n]\n");
    assertThat(distinct(Format.JSONL, true, values))
        .isEqualTo("{\"S\":\"t,2\"}\n{\"S\":\"t1\"}\n{\"N\":\"1\"}\n");
    assertThat(distinct(Format.CSV, false, values)).isEqualTo("a\n\"t,2\"\nt1\n1\n");
    assertThat(distinct(Format.TABLE, false, values)).isEqualTo("a\n---\nt,2\nt1\n  1\n");
    assertThat(distinct(Format.JSON, false)).isEqualTo("[]\n");
  }

  @Test
  void equalValuesAreTheSameHoweverTheyAreWritten() throws IOException {
    assertThat(
            distinct(
                Format.JSONL,
                false,
                "{'N':'1'}",
                "{'N':'1.0'}",
                "{'N':'1E+0'}",
                "{'N':'100'}",
                "{'N':'1E+2'}",
                "{'N':'0'}",
                "{'N':'0.00'}",
                "{'S':'\\u0041'}",
                "{ 'S': 'A' }",
                "{'NS':['1','2.0']}",
                "{'NS':['2','1']}",
                "{'BS':['AQ==','Ag==']}",
                "{'BS':['Ag==','AQ==']}",
                "{'M':{'x':{'N':'1'},'y':{'NULL':true}}}",
                "{'M':{'y':{'NULL':true},'x':{'N':'1.0'}}}",
                "{'L':[{'N':'1'},{'NULL':true}]}",
                "{'L':[{'N':'1.0'},{'NULL':true}]}"))
        .isEqualTo(
            """
            1
            100
            0
            "A"
            [1,2.0]
            ["AQ==","Ag=="]
            {"x":1,"y":null}
            [1,null]
            """);
  }

  @Test
  void otherTypesAreOtherValues() throws IOException {
    assertThat(
            distinct(
                    Format.JSONL,
                    true,
                    "{'S':'1'}",
                    "{'N':'1'}",
                    "{'B':'1111'}",
                    "{'S':'1111'}",
                    "{'BOOL':true}",
                    "{'BOOL':false}",
                    "{'NULL':true}",
                    "{'S':''}",
                    "{'L':[]}",
                    "{'M':{}}",
                    "{'L':[{'N':'1'}]}",
                    "{'NS':['1']}",
                    "{'SS':['1']}",
                    "{'L':[{'N':'2'},{'N':'1'}]}",
                    "{'L':[{'N':'1'},{'N':'2'}]}")
                .lines())
        .hasSize(15);
  }

  @Test
  void noTwoOfAllKindsOfValuesAreTheSame() throws IOException {
    List<String> values = DifferentValues.ALL;
    Printed out = new Printed();
    try (Distinct distinct = Distinct.of("a", Format.JSONL, true, out)) {
      assertThat(distinct.none()).isTrue();
      distinct.write(Item.of("{\"b\":{\"S\":\"x\"}}"));
      assertThat(distinct.none()).isTrue();
      for (String value : values) {
        distinct.write(Item.of("{\"a\":" + value + "}"));
        distinct.write(Item.of("{\"b\":{\"S\":\"x\"},\"a\":" + value + "}"));
      }
      assertThat(distinct.none()).isFalse();
      distinct.flush();
      assertThat(out.text().lines()).as("after a flush").hasSameSizeAs(values);
    }
    assertThat(out.text().lines()).hasSameSizeAs(values);
  }

  @Test
  void manyValuesAreAllPrinted() throws IOException {
    String[] values =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "{'N':'" + i % 10_000 + "'}")
            .toArray(String[]::new);
    assertThat(distinct(Format.JSONL, false, values).lines())
        .containsExactlyElementsOf(IntStream.range(0, 10_000).mapToObj(String::valueOf).toList());
  }
}
