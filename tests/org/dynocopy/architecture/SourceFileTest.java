package org.dynocopy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A rule that sees nothing holds always. */
class SourceFileTest {

  private static final SourceFile FILE =
      SourceFile.of(
          "Some.java",
          """
          package org.dynocopy.engine;

          import static org.dynocopy.diagnostic.Suggestions.of;
          import java.util.List;
          import org.dynocopy.Dynocopy;

          /** As {@link org.dynocopy.cli.Main}; System.exit is not called. */
          class Some {
            // software.amazon.awssdk
            String no = "groovy.lang \\" /* System.out */", url = "http://x";
            char quote = '"', slash = '\\'';
            Object yes = org.dynocopy.store.dynamo.Wire.class;
            String block = \"""
                picocli " \\\"""
                \""";
            int end = com.amazonaws.End;
          }
          """);

  @Test
  void belongsToItsPartAndNamesOthersByImportOrInFull() {
    assertThat(FILE.part()).isEqualTo("engine");
    assertThat(FILE.parts()).containsExactly("diagnostic", "root", "store");
    assertThat(FILE.imports())
        .containsExactly(
            "java.util.List", "org.dynocopy.Dynocopy", "org.dynocopy.diagnostic.Suggestions.of");
  }

  @Test
  void namesInCodeAreSeenAndThoseInCommentsAndTextAreNot() {
    assertThat(FILE.names("com.amazonaws")).isTrue();
    assertThat(FILE.names("java.util.List")).isTrue();
    assertThat(FILE.names("System.exit")).isFalse();
    assertThat(FILE.names("System.out")).isFalse();
    assertThat(FILE.names("software.amazon")).isFalse();
    assertThat(FILE.names("groovy")).isFalse();
    assertThat(FILE.names("picocli")).isFalse();
    assertThat(FILE.names("util")).isFalse();
  }

  @Test
  void rootIsAPartToo() {
    assertThat(SourceFile.of("A.java", "package org.dynocopy;\nclass A {}").part())
        .isEqualTo("root");
  }
}
