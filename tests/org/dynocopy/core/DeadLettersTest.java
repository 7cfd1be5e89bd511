package org.dynocopy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.store.file.DeadLetterFile;
import org.dynocopy.testing.ProcessVariables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("new/dead.jsonl");
  }

  @Test
  void lettersOfTheRunBeforeCountForTheMostThatARunBears() throws Exception {
    try (DeadLetters letters =
        new BoundedDeadLetters(new DeadLetterFile(Optional.of(file)), 4, 2, Location.NOWHERE)) {
      assertThat(letters.place()).contains(file.toString());
      assertThat(letters.put(Item.of("{}"), Optional.empty(), "third")).isEmpty();
      assertThat(letters.put(Item.of("{}"), Optional.empty(), "fourth")).isPresent();
      assertThatThrownBy(() -> letters.put(Item.of("{}"), Optional.empty(), "fifth"))
          .hasMessageStartingWith("stopped after 4 dead letters");
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void lastLetterThatTheRunBearsIsPutThereAndNoneAfterIt() throws Exception {
    try (DeadLetters letters = new BoundedDeadLetters(new DeadLetterFile(Optional.of(file)), 2)) {
      assertThat(letters.put(Item.of("{}"), Optional.empty(), "one")).isEmpty();
      assertThat(letters.put(Item.of("{}"), Optional.empty(), "two")).isPresent();
      assertThatThrownBy(() -> letters.put(Item.of("{}"), Optional.empty(), "three"))
          .isInstanceOf(StoreException.class)
          .hasMessage("stopped after 2 dead letters (see " + file + "); the last one: three");
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void itemThatCannotBePutThereEndsTheRun() throws Exception {
    DeadLetters letters = new BoundedDeadLetters(new DeadLetterFile(Optional.of(file)), 100);
    Files.createFile(file.getParent());
    assertThatThrownBy(() -> letters.put(Item.of("{}"), Optional.empty(), "no"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
        .hasMessageContaining("cannot write dead letters to " + file);
    assertThat(letters.place()).isEmpty();
  }

  /** A disk that fills up takes the first part of a line and says nothing. */
  @Test
  void itemOfWhichOnlyAPartFitsOnTheDiskIsNotPutThere() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        ProcessVariables.of(
                new ProcessBuilder(
                    "/bin/sh",
                    "-c",
                    "ulimit -f 2; exec \"$@\"",
                    "sh",
                    java,
                    "-XX:-UsePerfData",
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "-cp",
                    System.getProperty("java.class.path"),
                    DiskThatFillsUp.class.getName(),
                    file.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said.lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("cannot write dead letters"));
  }

  /**
   * Puts items until it hears that they do not fit, or more should be there than can be; and one
   * after half a line, when there is room again.
   */
  static final class DiskThatFillsUp {
    public static void main(String[] file) throws IOException {
      try (DeadLetters letters =
          new BoundedDeadLetters(new DeadLetterFile(Optional.of(Path.of(file[0]))), 100)) {
        Item item = Item.of("{\"id\":{\"S\":\"" + "x".repeat(600) + "\"}}");
        // 2 blocks are 1 or 2 KB, so that the line across the limit is one of these.
        for (long lines = 1; lines <= 4; lines++) {
          try {
            letters.put(item, Optional.empty(), "no");
          } catch (StoreException e) {
            System.out.println(e.getMessage());
            try (FileChannel room = FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE)) {
              room.truncate(room.size() - 100);
            }
            letters.put(Item.of("{}"), Optional.empty(), "no");
          }
          if (Files.size(Path.of(file[0])) < lines * 600) {
            System.out.println("took " + lines + " items in " + Files.size(Path.of(file[0])));
            return;
          }
        }
      } catch (StoreException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
