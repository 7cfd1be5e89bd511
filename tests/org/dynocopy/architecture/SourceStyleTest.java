package org.dynocopy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a reader may expect of every file. */
@Execution(ExecutionMode.CONCURRENT)
class SourceStyleTest {

  private static final int MOST_LINES = 300;

  private static final Pattern LONG_NAME =
      Pattern.compile("^  [\\w<>., ]+ (\\w{61,})\\(", Pattern.MULTILINE);

  private final List<SourceFile> files = SourceFile.under("lib", "dsl");

  /** Imports are not read. */
  @Test
  void noFileIsTooLongToBeReadAtOnce() {
    assertThat(files)
        .hasSizeGreaterThan(100)
        .filteredOn(
            file ->
                file.lines().stream().filter(l -> !l.startsWith("import ")).count() > MOST_LINES)
        .extracting(SourceFile::name)
        .isEmpty();
  }

  @Test
  void noImportHidesWhatItBrings() {
    assertThat(files)
        .filteredOn(file -> file.lines().stream().anyMatch(l -> l.matches("import .*\\*;")))
        .extracting(SourceFile::name)
        .isEmpty();
  }

  /** A name says what is done and what is expected; what is longer is a sentence. */
  @Test
  void namesOfTestsHaveAtMostSixtyCharacters() {
    assertThat(SourceFile.under("tests"))
        .hasSizeGreaterThan(100)
        .flatExtracting(f -> LONG_NAME.matcher(f.code()).results().map(m -> m.group(1)).toList())
        .isEmpty();
  }
}
