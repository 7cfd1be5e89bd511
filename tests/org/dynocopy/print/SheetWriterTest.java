package org.dynocopy.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dynocopy.core.Item;
import org.dynocopy.item.ItemMap;
import org.dynocopy.spec.Query.Format;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.PlainValues;
import org.dynocopy.testing.RandomJson;
import org.junit.jupiter.api.Test;

class SheetWriterTest {

  private static final String KEYED = "{'x':{'S':'p,q'},'sk':{'N':'1'},'pk':{'S':'a'}}";

  private static String csv(List<String> keys, List<String> project, String... items)
      throws IOException {
    return Printed.of(out -> ItemWriter.of(Format.CSV, false, keys, project, out), items);
  }

  private static String table(String... items) throws IOException {
    return Printed.of(Format.TABLE, items);
  }

  @Test
  void columnsAreTheKeysAndThenWhatAppears() throws IOException {
    assertThat(csv(List.of("pk", "sk"), List.of(), KEYED, "{'y':{'N':'2'},'pk':{'S':'b'}}"))
        .isEqualTo("pk,sk,x,y\na,1,\"p,q\",\nb,,,2\n");
    assertThat(csv(List.of("pk", "sk"), List.of())).isEqualTo("pk,sk\n");
  }

  @Test
  void columnsAreTheKeysAndWhatIsWanted() throws IOException {
    assertThat(csv(List.of("pk", "sk"), List.of("x", "pk", "none"), KEYED))
        .isEqualTo("pk,sk,x,none\na,1,\"p,q\",\n");
    assertThat(csv(List.of("pk"), List.of("x"))).isEqualTo("pk,x\n");
    assertThat(csv(List.of(), List.of("x"), KEYED)).isEqualTo("x\n\"p,q\"\n");
  }

  @Test
  void everyTypeHasItsText() throws IOException {
    assertThat(
            csv(
                List.of("id"),
                List.of(),
                "{'id':{'S':' =1+1 '},'n':{'N':'1E+3'},'b':{'B':'AP8='},'t':{'BOOL':true},"
                    + "'z':{'NULL':true},'l':{'L':[]},'m':{'M':{'a':{'N':'1.0'}}},"
                    + "'ss':{'SS':['a','b']},'ns':{'NS':['1']},'bs':{'BS':['AQ==']}}"))
        .isEqualTo(
            """
            id,n,b,t,z,l,m,ss,ns,bs
             =1+1 ,1E+3,AP8=,true,,[],"{""a"":1.0}","[""a"",""b""]",[1],"[""AQ==""]"
            """);
  }

  @Test
  void csvQuotesWhatMustBe() throws IOException {
    assertThat(
            csv(
                List.of("id"),
                List.of(),
                "{'id':{'S':'\\\"'},'a,\\n':{'S':'x\\ny'},'r':{'S':'\\r'},'e':{'S':'\\u001bß'}}"))
        .isEqualTo("id,\"a,\n\",r,e\n\"\"\"\",\"x\ny\",\"\r\",\u001bß\n");
  }

  @Test
  void emptyRowOfOneColumnIsStillOne() throws IOException {
    assertThat(csv(List.of("id"), List.of(), "{'id':{'S':''}}", "{'id':{'S':'a'}}"))
        .isEqualTo("id\n\"\"\na\n");
  }

  @Test
  void attributesThatComeTooLateAreTold() throws IOException {
    Printed out = new Printed();
    ItemWriter writer = ItemWriter.of(Format.CSV, false, List.of("id"), List.of(), out);
    for (int i = 0; i < 999; i++) {
      writer.write(Printed.item("{'id':{'S':'a'}}"));
    }
    writer.flush();
    assertThat(out.text()).isEmpty();
    writer.write(Printed.item("{'id':{'S':'a'},'inTime':{'S':'t'}}"));
    writer.flush();
    assertThat(out.text()).startsWith("id,inTime\na,\na,\n").endsWith("\na,t\n");
    writer.write(Printed.item("{'late':{'N':'1'},'id':{'S':'b'},'later':{'NULL':true}}"));
    writer.write(Printed.item("{'late':{'N':'1'},'id':{'S':'c'}}"));
    writer.close();
    assertThat(out.text()).endsWith("\nb,\nc,\n");
    assertThat(writer.leftOut()).containsExactly("late", "later");
  }

  @Test
  void whatIsNotWantedIsNotLeftOut() throws IOException {
    Printed out = new Printed();
    ItemWriter writer = ItemWriter.of(Format.CSV, false, List.of("pk"), List.of("x"), out);
    writer.write(Printed.item(KEYED));
    writer.flush();
    assertThat(out.text()).as("at once").isEqualTo("pk,x\na,\"p,q\"\n");
    writer.write(Printed.item(KEYED));
    assertThat(writer.leftOut()).isEmpty();
  }

  @Test
  void memoryIsBounded() throws IOException {
    Printed out = new Printed();
    ItemWriter writer = ItemWriter.of(Format.TABLE, false, List.of("id"), List.of(), out);
    String large = "{'id':{'S':'" + "x".repeat(400_000) + "'}}";
    for (int i = 0; i < 21; i++) {
      writer.write(Printed.item(large));
    }
    writer.write(Printed.item("{'a':{'S':''},'id':{'S':'a'}}"));
    assertThat(writer.leftOut()).containsExactly("a");
    for (int i = 0; i < 2_000; i++) {
      writer.write(Printed.item("{'id':{'S':'a'},'a" + i + "':{'S':''}}"));
    }
    assertThat(writer.leftOut()).hasSize(1_000);
  }

  /** One of a later item has no column, whatever follows. */
  @Test
  void columnsAreThoseOfTheFirstItems() throws IOException {
    for (int items = 1; items <= 4; items++) {
      Printed out = new Printed();
      SheetWriter writer = new SheetWriter(new CsvSheet(out, false), 3, List.of("id"), List.of());
      for (int i = 0; i < items; i++) {
        writer.write(Printed.item("{'id':{'S':'a'},'a" + i + "':{'S':''}}"));
      }
      writer.close();
      assertThat(out.text())
          .startsWith(
              List.of("", "id,a0\n", "id,a0,a1\n", "id,a0,a1,a2\n", "id,a0,a1,a2\n").get(items));
      assertThat(writer.leftOut()).isEqualTo(items < 4 ? List.of() : List.of("a3"));
    }
  }

  @Test
  void textOfASpreadsheetIsNoFormula() throws IOException {
    String item =
        "{'id':{'S':'-5'},'n':{'N':'-5'},'e':{'S':''},'=x':{'S':'a=b'},'z':{'NULL':true}}";
    assertThat(
            Printed.of(
                out -> ItemWriter.of(Format.SPREADSHEET, false, List.of("id"), List.of(), out),
                item))
        .isEqualTo("id,n,e,'=x,z\n'-5,-5,,a=b,\n");
    assertThat(csv(List.of("id"), List.of(), item)).isEqualTo("id,n,e,=x,z\n-5,-5,,a=b,\n");
  }

  @Test
  void placesOfATextAreThoseOfATerminal() {
    int[] wide = {
      0x1100, 0x115f, 0x2e80, 0x3041, 0xac00, 0xd7a3, 0xff60, 0x1f300, 0x1f64f, 0x1fa70, 0x3fffd
    };
    for (int point : wide) {
      assertThat(TerminalText.width(Character.toString(point))).as("%x", point).isEqualTo(2);
    }
    for (int point : new int[] {0x10ff, 0x2e7f, 0xabff, 0xd7a4, 0xff61, 'a', 0xe9}) {
      assertThat(TerminalText.width(Character.toString(point))).as("%x", point).isEqualTo(1);
    }
    for (String mark : List.of("\u0301", "\u20dd", "\u1160", "\ua8e0")) {
      assertThat(TerminalText.width("e" + mark)).isEqualTo(1);
    }
    assertThat(TerminalText.of("e\u20dde\u0301", 2)).isEqualTo("e\u20dde\u0301");
    assertThat(TerminalText.of("abc", 3)).isEqualTo("abc");
    assertThat(TerminalText.of("abcd", 3)).isEqualTo("ab…");
    assertThat(TerminalText.of("ab漢", 3)).isEqualTo("ab…");
  }

  @Test
  void tableIsAligned() throws IOException {
    assertThat(
            table(
                "{'id':{'S':'u1'},'age':{'N':'7'},'name':{'S':'Änne'}}",
                "{'id':{'S':'u234'},'age':{'N':'1041'}}",
                "{'id':{'S':'漢字'},'age':{'NULL':true},'name':{'N':'5'}}"))
        .isEqualTo(
            """
            id     age  name
            ----  ----  ----
            u1       7  Änne
            u234  1041
            漢字           5
            """);
    assertThat(table()).isEqualTo("id\n--\n");
  }

  @Test
  void tableCutsWhatIsTooWide() throws IOException {
    String forty = "x".repeat(40);
    assertThat(table("{'id':{'S':'" + forty + "'}}")).endsWith("\n" + forty + "\n");
    assertThat(table("{'id':{'S':'" + forty + "y'}}"))
        .isEqualTo("id\n" + "-".repeat(40) + "\n" + "x".repeat(39) + "…\n");
    assertThat(table("{'id':{'N':'12345678901234567890123456789012345678'}}"))
        .endsWith("\n12345678901234567890123456789012345678\n");
    assertThat(table("{'id':{'S':'" + "漢".repeat(21) + "'}}"))
        .endsWith("\n" + "漢".repeat(19) + "…\n");
  }

  @Test
  void laterRowsKeepTheWidthsAndLoseNothing() throws IOException {
    String[] items = new String[102];
    for (int i = 0; i < items.length; i++) {
      items[i] = "{'id':{'S':'" + (i < 100 ? "a" : "abcdef") + "'},'n':{'N':'" + i % 10 + "'}}";
    }
    assertThat(table(items))
        .startsWith("id  n\n--  -\na   0\n")
        .endsWith("\nabcdef  0\nabcdef  1\n");
  }

  @Test
  void terminalGetsNoCodesFromData() throws IOException {
    String hostile = "a\u001b[2J\u0007\n\r\t\u0000\u007f\u009b\u202e\u2028é";
    String escaped =
        "{'x\\u001b':{'S':'a\\u001b[2J\\u0007\\n\\r\\t\\u0000'},'l':{'L':[{'S':'\\u009b'}]}}";
    assertThat(table(escaped).lines())
        .containsExactly(
            "id  x\\u001b                       l",
            "--  ----------------------------  ----------",
            "    a\\u001b[2J\\u0007\\n\\r\\t\\u0000  [\"\\u009b\"]");
    assertThat(TerminalText.of(hostile, 200))
        .isEqualTo("a\\u001b[2J\\u0007\\n\\r\\t\\u0000\\u007f\\u009b\\u202e\\u2028é");
    assertThat(TerminalText.of("\udb40\udc41", 40)).isEqualTo("\\udb40\\udc41");
    assertThat(TerminalText.of("e" + "\u0301".repeat(100_000), 40)).hasSizeLessThan(200);
  }

  @Test
  void everyTextFitsAndHasNoCodes() {
    Cases.forAll(
        3_000,
        random -> {
          StringBuilder text = new StringBuilder();
          random.ints(random.nextInt(60), 0, 0x3000).forEach(text::appendCodePoint);
          int widest = 1 + random.nextInt(50);
          String shown = TerminalText.of(text.toString(), widest);
          assertThat(TerminalText.width(shown)).isLessThanOrEqualTo(widest);
          assertThat(shown.codePoints()).noneMatch(Character::isISOControl);
        });
  }

  @Test
  void csvReadsBack() {
    Cases.forAll(
        500,
        random -> {
          RandomJson json = new RandomJson(random, true);
          List<ItemMap> items = new ArrayList<>();
          Printed out = new Printed();
          Set<String> columns = new LinkedHashSet<>(List.of("id"));
          try (ItemWriter writer =
              ItemWriter.of(Format.CSV, false, List.of("id"), List.of(), out)) {
            for (int i = random.nextInt(5); i > 0; i--) {
              Item item = Item.of(json.item(random.nextInt(4), 3));
              writer.write(item);
              items.add(new ItemMap(item));
              columns.addAll(new ItemMap(item).keySet());
            }
          }
          List<List<String>> rows = parse(out.text());
          assertThat(rows).hasSize(items.size() + 1);
          assertThat(rows.get(0)).containsExactlyElementsOf(columns);
          for (int i = 0; i < items.size(); i++) {
            assertRow(List.copyOf(columns), rows.get(i + 1), items.get(i));
          }
        });
  }

  private static void assertRow(List<String> columns, List<String> row, ItemMap item)
      throws IOException {
    assertThat(row).hasSameSizeAs(columns);
    for (int i = 0; i < row.size(); i++) {
      Object value = item.get(columns.get(i));
      String text = row.get(i);
      if (value == null) {
        assertThat(text).isEmpty();
      } else if (value instanceof List || value instanceof Map || value instanceof Set) {
        PlainValues.assertSame(PlainValues.parse(text), value);
      } else if (value instanceof BigDecimal || value instanceof Boolean) {
        assertThat(PlainValues.parse(text)).isEqualTo(value);
      } else {
        PlainValues.assertSame(text, value);
      }
    }
  }

  /** Reads CSV, character by character. */
  private static List<List<String>> parse(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"';
        assertThat(quoted || field.isEmpty()).as("a quote inside what is not quoted").isTrue();
        if (doubled) {
          field.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else {
        field.append(c);
      }
    }
    assertThat(row).as("ends with a line's end").isEmpty();
    return rows;
  }

  @Test
  void spreadsheetsGetNoFormulas() throws IOException {
    String[] items = {
      "{'id':{'S':'=1+1'},'n':{'N':'-5'},'=x':{'S':'+a'}}",
      "{'id':{'S':'@A1'},'n':{'N':'1E-130'},'=x':{'S':'-1,5'}}",
      "{'id':{'S':'\\tx'},'n':{'N':'+1'},'=x':{'S':'a=b'}}",
    };
    assertThat(
            Printed.of(
                out -> ItemWriter.of(Format.SPREADSHEET, false, List.of("id"), List.of(), out),
                items))
        .isEqualTo("id,n,'=x\n'=1+1,-5,'+a\n'@A1,1E-130,\"'-1,5\"\n'\tx,1,a=b\n");
    assertThat(csv(List.of("id"), List.of(), items))
        .isEqualTo("id,n,=x\n=1+1,-5,+a\n@A1,1E-130,\"-1,5\"\n\tx,1,a=b\n");
  }
}
