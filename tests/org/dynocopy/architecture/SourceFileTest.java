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
  void namesInCodeAreThereAndThoseInCommentsAndTextAreNot() {
    assertThat(FILE.code())
        .contains("com.amazonaws", "java.util.List", "store.dynamo")
        .doesNotContain("System.exit", "System.out", "software.amazon", "groovy", "picocli");
  }
}
