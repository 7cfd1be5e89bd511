package org.dynocopy.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.Source.Split;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.ChildJava;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class BackupSourceTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("users.jsonl.gz");
  }

  private static List<String> texts(Page page) {
    return page.items().stream().map(Item::toString).toList();
  }

  /** Returns how many files of the folder this process has open. */
  private long open() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(this::isOfFolder).count();
    }
  }

  private boolean isOfFolder(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(folder.toRealPath());
    } catch (IOException e) {
      // The descriptor that the list itself was read by.
      return false;
    }
  }

  @Test
  void pageIsReadAgainFromItsPositionInAnyOrder() {
    Cases.forAll(
        5,
        random -> {
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < 5_000; i++) {
            text.append(random.nextInt(9) == 0 ? "\n" : Items.of("u" + i) + "\n");
          }
          Items.foreign(file, text.toString());
          try (BackupSource source = new BackupSource(BackupFiles.at(file))) {
            Split split = source.splits().get(0);
            Map<Optional<Position>, List<String>> pages = new LinkedHashMap<>();
            Optional<Position> position = Optional.empty();
            do {
              Page page = split.read(position, null);
              assertThat(page.items()).hasSizeLessThanOrEqualTo(1_000);
              assertThat(page.read()).isEqualTo(page.items().size());
              pages.put(position, texts(page));
              position = page.next();
            } while (position.isPresent());
            List<String> all = pages.values().stream().flatMap(List::stream).toList();
            assertThat(all).isEqualTo(text.toString().lines().filter(l -> !l.isEmpty()).toList());
            List<Optional<Position>> positions = new ArrayList<>(pages.keySet());
            for (int i = 0; i < 10; i++) {
              Optional<Position> any = positions.get(random.nextInt(positions.size()));
              assertThat(texts(split.read(any, null))).isEqualTo(pages.get(any));
            }
          }
        });
  }

  @Test
  void pageIsOfOneMegabyteAndAnItem() throws Exception {
    String item = "{\"id\":{\"S\":\"" + "x".repeat(400_000) + "\"}}";
    Items.foreign(file, (item + "\n").repeat(7));
    try (BackupSource source = new BackupSource(BackupFiles.at(file))) {
      Page page = source.splits().get(0).read(Optional.empty(), null);
      assertThat(page.items()).hasSize(3);
      assertThat(page.bytes()).isEqualTo(3L * item.length());
    }
    assertThat(Items.read(file)).hasSize(7).containsOnly(item);
  }

  @Test
  void fileIsOpenWhileItIsReadAndNotAfterwards() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
    Items.backUp(file, Items.some(3_000), 1_000);
    BackupSource source = new BackupSource(BackupFiles.at(file));
    assertThat(open()).isZero();
    source.splits().get(0).read(Optional.empty(), null);
    assertThat(open()).isOne();
    source.close();
    assertThat(open()).isZero();
    assertThat(Items.read(file)).hasSize(3_000);
    assertThat(open()).isZero();
  }

  /** A run that has failed asks no one for the next page. */
  @Test
  void fileThatIsLeftOpenIsClosedByTheCollector() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
    Items.backUp(file, Items.some(3_000), 1_000);
    new BackupSource(BackupFiles.at(file)).splits().get(0).read(Optional.empty(), null);
    long end = System.nanoTime() + 30_000_000_000L;
    while (open() > 0 && System.nanoTime() < end) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(open()).isZero();
  }

  @Test
  void fileThatIsNoLongerWhatWasCheckedEndsTheRun() throws Exception {
    Items.foreign(file, Items.of("u1") + "\n\n{\"id\":7}\n" + Items.of("u2"));
    try (BackupSource source = new BackupSource(BackupFiles.at(file))) {
      Split split = source.splits().get(0);
      assertThat(split.name()).isEqualTo(file.toString());
      assertThatThrownBy(() -> split.read(Optional.empty(), null))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
          .hasMessage(file + ":3: not an item of DynamoDB JSON");
    }
    BackupSource gone = new BackupSource(BackupFiles.at(file));
    Files.delete(file);
    assertThatThrownBy(() -> gone.splits().get(0).read(Optional.empty(), null))
        .isInstanceOf(StoreException.class)
        .hasMessage("cannot read " + file + ": no such file");
  }

  /** 100 MB of items in a heap of 16 MB. */
  @Test
  void memoryDoesNotGrowWithTheFile() throws Exception {
    byte[] lines = (Items.of("x".repeat(10_000)) + "\n").repeat(100).getBytes();
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 100; i++) {
        out.write(lines);
      }
    }
    Process process = ChildJava.start("true", WholeFile.class, file, "-Xmx16m", "-XX:+UseSerialGC");
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).isZero();
    assertThat(said).isEqualTo("10000 10000");
  }

  /** Checks a file, and reads it page by page. */
  static final class WholeFile {
    public static void main(String[] file) throws Exception {
      BackupFiles backup = BackupFiles.at(Path.of(file[0]));
      long checked = backup.check(List.of("id")).items();
      long read = 0;
      try (BackupSource source = new BackupSource(backup)) {
        Optional<Position> position = Optional.empty();
        do {
          Page page = source.splits().get(0).read(position, null);
          read += page.items().size();
          position = page.next();
        } while (position.isPresent());
      }
      System.out.print(checked + " " + read);
    }
  }
}
