package org.dynocopy.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dynocopy.spec.Query.Format;
import org.dynocopy.testing.PlainValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ItemWriterTest {

  private static final String ALL =
      "{'id':{'S':'u1'},'n':{'N':'1E+3'},'b':{'B':'AP8='},'t':{'BOOL':true},'z':{'NULL':true},"
          + "'l':{'L':[{'N':'1'}]},'m':{'M':{}},'ss':{'SS':['a','b']},'ns':{'NS':['1']},"
          + "'bs':{'BS':['AQ==']}}";

  private static ItemWriter writer(Format format, OutputStream out) {
    return ItemWriter.of(format, false, List.of("id"), List.of(), out);
  }

  @Test
  void jsonLinesHaveOneItemEach() throws IOException {
    assertThat(Printed.of(Format.JSONL)).isEmpty();
    assertThat(Printed.of(Format.JSONL, ALL, "{'id':{'S':'ü\\n'}}"))
        .isEqualTo(
            """
            {"id":"u1","n":1E+3,"b":"AP8=","t":true,"z":null,"l":[1],"m":{},"ss":["a","b"],"ns":[1],"bs":["AQ=="]}
            {"id":"ü\\n"}
            """);
  }

  @Test
  void jsonIsOneArray() throws IOException {
    assertThat(Printed.of(Format.JSON)).isEqualTo("[]\n");
    assertThat(Printed.of(Format.JSON, "{'id':{'S':'1'}}")).isEqualTo("[\n  {\"id\":\"1\"}\n]\n");
    assertThat(Printed.of(Format.JSON, "{'id':{'S':'1'}}", "{'id':{'S':'2'}}"))
        .isEqualTo("[\n  {\"id\":\"1\"},\n  {\"id\":\"2\"}\n]\n");
  }

  @Test
  void typedJsonIsTheItemsOwnBytesOnOneLine() throws IOException {
    String item = "{'id' :{'S':'a\\n\\/\\u00e9'},\r\n\t'n':{'N':'1.0'}}";
    String line = "{'id' :{'S':'a\\n\\/\\u00e9'},  \t'n':{'N':'1.0'}}".replace('\'', '"');
    assertThat(
            Printed.of(
                out -> ItemWriter.of(Format.JSONL, true, List.of("id"), List.of(), out),
                item,
                item))
        .isEqualTo(line + "\n" + line + "\n");
    assertThat(
            Printed.of(
                out -> ItemWriter.of(Format.JSON, true, List.of("id"), List.of(), out), item, item))
        .isEqualTo("[\n  " + line + ",\n  " + line + "\n]\n");
  }

  @ParameterizedTest
  @EnumSource
  void deepItemsArePrinted(Format format) throws IOException {
    assertThat(Printed.of(format, "{\"id\":" + PlainValues.nested(30) + "}")).contains("a");
  }

  @ParameterizedTest
  @EnumSource
  void closedPipeIsTold(Format format) {
    OutputStream pipe =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("broken pipe");
          }
        };
    assertThatThrownBy(
            () -> {
              ItemWriter writer = writer(format, pipe);
              for (int i = 0; i < 100_000; i++) {
                writer.write(Printed.item("{'id':{'S':'0123456789'}}"));
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("broken pipe");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsPrintedOfWhatIsNoItem(Format format) throws IOException {
    Printed out = new Printed();
    try (ItemWriter writer = writer(format, out)) {
      writer.write(Printed.item("{'id':{'S':'a'}}"));
      assertThatThrownBy(() -> writer.write(Printed.item("{'id':{'S':'b'},'x':5}")))
          .isInstanceOf(IOException.class);
    }
    assertThat(out.text()).isEqualTo(Printed.of(format, "{'id':{'S':'a'}}"));
  }

  @ParameterizedTest
  @EnumSource
  void closingTwicePrintsOnce(Format format) throws IOException {
    Printed out = new Printed();
    ItemWriter writer = writer(format, out);
    writer.write(Printed.item("{'id':{'S':'a'}}"));
    writer.close();
    writer.close();
    assertThat(out.text()).isEqualTo(Printed.of(format, "{'id':{'S':'a'}}"));
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "JSONL"})
  void flushingPassesOnWhatCame(Format format) throws IOException {
    Printed out = new Printed();
    ItemWriter writer = writer(format, out);
    writer.write(Printed.item("{'id':{'S':'a'}}"));
    writer.flush();
    assertThat(out.text()).contains("\"a\"");
    assertThat(writer.leftOut()).isEmpty();
  }
}
