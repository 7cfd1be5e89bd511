package org.dynocopy.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.ChildJava;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class BackupSinkTest {

  private static final List<String> ID = List.of("id");

  @TempDir Path folder;
  private Path file;
  private Path part;
  private Path lock;
  private Path manifest;

  @BeforeEach
  void nameFiles() {
    file = folder.resolve("new/users.jsonl.gz");
    part = folder.resolve("new/users.jsonl.gz.part");
    lock = folder.resolve("new/users.jsonl.gz.part.lock");
    manifest = folder.resolve("new/users.schema.json");
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private BackupSink open() {
    return BackupSink.open(file, Items.KEYS);
  }

  @Test
  void backupHasItsNameOnlyWhenItIsFinished() throws Exception {
    try (BackupSink sink = open()) {
      assertThat(filesIn(file.getParent())).containsExactly(part, lock);
      sink.write(Items.some(3));
      assertThat(filesIn(file.getParent())).containsExactly(part, lock);
      sink.finish(Items.manifest(3));
    }
    assertThat(filesIn(file.getParent())).containsExactly(file, manifest);
    assertThat(BackupFiles.at(file).check(ID).items()).isEqualTo(3);
  }

  @Test
  void backupThatIsNotFinishedIsRemoved() throws Exception {
    BackupSink sink = open();
    sink.write(Items.some(3));
    sink.close();
    sink.close();
    assertThat(filesIn(file.getParent())).isEmpty();
  }

  @Test
  void backupOfNothingIsAGzipFileToo() throws Exception {
    Items.backUp(file, List.of(), 1);
    assertThat(BackupFiles.at(file).check(ID).items()).isZero();
    assertThat(Items.read(file)).isEmpty();
    assertThat(Files.size(file)).isEqualTo(20);
  }

  @Test
  void gzipItselfReadsWhatWasWrittenInManyBatches() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gzip")));
    List<Item> items = Items.some(1_000);
    Items.backUp(file, items, 7);
    Process gzip = new ProcessBuilder("/usr/bin/gzip", "-dc", file.toString()).start();
    String text = new String(gzip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(gzip.waitFor()).isZero();
    assertThat(text.replaceAll("\\s+}\n", "}\n").lines())
        .containsExactlyElementsOf(items.stream().map(item -> "{\"Item\":" + item + "}").toList());
  }

  /** Other programs take a line break of any kind for the end of an item. */
  @Test
  void itemWithLineBreaksIsOnOneLine() throws Exception {
    Path plain = folder.resolve("lines.jsonl");
    Items.backUp(plain, List.of(Item.of("{\r\n\"id\":\r{\"S\":\n\"u1\"}}")), 1);
    assertThat(Files.readString(plain).stripTrailing()).doesNotContain("\r").doesNotContain("\n");
    assertThat(BackupFiles.at(plain).check(ID).items()).isEqualTo(1);
  }

  @Test
  void filesAreReadableByTheirOwnerAlone() throws Exception {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Items.backUp(file, Items.some(1), 1);
    for (Path path : List.of(file, manifest)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void whatIsThereIsNeverWrittenOver() throws Exception {
    Files.createDirectories(file.getParent());
    Path draft = Manifest.draft(file);
    for (Path there : List.of(file, manifest, part, draft)) {
      Files.writeString(there, "old");
      assertThatThrownBy(this::open)
          .isInstanceOf(InvalidJobException.class)
          .hasMessageStartingWith(there + " is there");
      assertThat(filesIn(file.getParent())).containsExactly(there);
      assertThat(there).hasContent("old");
      Files.delete(there);
    }
    Files.createSymbolicLink(file, folder.resolve("nowhere"));
    assertThatThrownBy(this::open).hasMessageStartingWith(file + " is there already");
  }

  @Test
  void whatAKilledRunHasLeftIsNotInTheWay() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(part, "half");
    Files.writeString(Manifest.draft(file), "half");
    Files.writeString(lock, " (process 1)");
    BackupPlace.check(file);
    assertThat(BackupPlace.finish(file)).isEmpty();
    assertThat(filesIn(file.getParent())).hasSize(3);
    Items.backUp(file, Items.some(3), 1);
    assertThat(filesIn(file.getParent())).containsExactly(file, manifest);
    assertThat(BackupFiles.at(file).check(ID).items()).isEqualTo(3);
  }

  /** Killed after the manifest was written, before or after the part got its name. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void backupThatAKilledRunHadMadeWholeIsFinished(boolean named) throws Exception {
    Items.backUp(file, Items.some(2), 1);
    Files.writeString(lock, " (process 1)");
    if (!named) {
      Files.move(file, part);
    }
    BackupPlace.check(file);
    assertThat(BackupPlace.finish(file).orElseThrow().items()).isEqualTo(2);
    assertThat(filesIn(file.getParent())).containsExactly(file, manifest);
    assertThat(BackupFiles.at(file).check(ID).items()).isEqualTo(2);
    assertThat(BackupPlace.finish(file)).isEmpty();
    assertThatThrownBy(this::open).hasMessageStartingWith(file + " is there already");
  }

  /** A manifest that is not the part's is that of a backup which somebody has moved away. */
  @Test
  void partIsNotTheBackupOfAnotherManifest() throws Exception {
    Items.backUp(file, Items.some(2), 1);
    Files.move(file, part);
    Files.writeString(part, "more", StandardOpenOption.APPEND);
    Files.writeString(lock, " (process 1)");
    assertThat(BackupPlace.finish(file)).isEmpty();
    assertThatThrownBy(this::open).hasMessageStartingWith(manifest + " is there already");
    assertThat(filesIn(file.getParent())).contains(part, manifest);
  }

  @Test
  void partThatCannotBeRemovedIsInNoLockedPlace() throws Exception {
    BackupSink sink = open();
    Files.delete(part);
    Path inside = Files.createDirectories(part).resolve("x");
    Files.createFile(inside);
    assertThatThrownBy(sink::close).isInstanceOf(DirectoryNotEmptyException.class);
    assertThat(lock).exists();
    Files.delete(inside);
    Files.delete(part);
    Items.backUp(file, Items.some(3), 1);
    sink.close();
    assertThat(filesIn(file.getParent())).containsExactly(file, manifest);
  }

  @Test
  void whatAnotherRunMakesIsInTheWay() throws Exception {
    try (BackupSink sink = open()) {
      assertThatThrownBy(this::open).hasMessageStartingWith(part + " is there: another backup");
      assertThatThrownBy(() -> BackupPlace.take(file)).hasMessageContaining("is locked by another");
      sink.write(Items.some(1));
      sink.finish(Items.manifest(1));
    }
    assertThat(filesIn(file.getParent())).containsExactly(file, manifest);
  }

  @Test
  void backupBelowWhatIsNoFolderIsRefused() throws Exception {
    Path below = Files.writeString(folder.resolve("text"), "old").resolve("made/users.jsonl");
    assertThatThrownBy(() -> BackupPlace.check(below))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage("cannot write " + below + ": check " + folder.resolve("text"));
  }

  /** Nobody else should make files of these names meanwhile; if they do, nothing of it is lost. */
  @Test
  void draftOfManifestThatCameMeanwhileIsNamedAndStays() throws Exception {
    Path draft = Manifest.draft(file);
    try (BackupSink sink = open()) {
      Files.writeString(draft, "other");
      assertThatThrownBy(() -> sink.finish(Items.manifest(0)))
          .isInstanceOf(StoreException.class)
          .hasMessage("cannot write " + manifest + ": " + draft + " is there already");
    }
    assertThat(filesIn(file.getParent())).containsExactly(draft);
    assertThat(draft).hasContent("other");
  }

  /** Both have the manifest {@code users.schema.json}, and the one that ends first gets it. */
  @Test
  void manifestOfABackupBesideThisOneIsLeftAlone() throws Exception {
    Path draft = Manifest.draft(folder.resolve("new/users.jsonl"));
    Files.createDirectories(file.getParent());
    Files.writeString(draft, "other");
    try (BackupSink sink = open()) {
      sink.finish(Items.manifest(0));
    }
    assertThat(filesIn(file.getParent())).containsExactlyInAnyOrder(file, draft, manifest);
    assertThat(draft).hasContent("other");
  }

  @Test
  void whatCameThereMeanwhileIsNotWrittenOverEither() throws Exception {
    try (BackupSink sink = open()) {
      Files.writeString(file, "other");
      assertThatThrownBy(() -> sink.finish(Items.manifest(0)))
          .isInstanceOf(StoreException.class)
          .hasMessage("cannot write " + file + ": " + file + " is there already");
    }
    assertThat(filesIn(file.getParent())).containsExactly(file);
    assertThat(file).hasContent("other");
  }

  @Test
  void placeThatCannotBeWrittenIsToldBeforeTheRun() throws Exception {
    Path plain = Files.createFile(folder.resolve("plain"));
    Path inPlain = plain.resolve("users.jsonl");
    assertThatThrownBy(() -> BackupPlace.check(inPlain))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage("cannot write " + inPlain + ": check " + plain);
    assertThatThrownBy(() -> BackupPlace.check(folder)).isInstanceOf(InvalidJobException.class);
    assertThatCode(() -> BackupPlace.check(file)).doesNotThrowAnyException();
    assertThat(file.getParent()).doesNotExist();
  }

  @Test
  void folderMayBeALink() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Items.backUp(link.resolve("users.json"), Items.some(1), 1);
    assertThat(Files.readString(real.resolve("users.json")))
        .startsWith("{\"Item\":{\"id\":{\"S\":\"u0\"}}");
  }

  @Test
  void manifestThatCountsOtherwiseIsAMistake() throws Exception {
    try (BackupSink sink = open()) {
      sink.write(Items.some(2));
      assertThatThrownBy(() -> sink.finish(Items.manifest(3)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(filesIn(file.getParent())).isEmpty();
  }

  @Test
  void manifestIsNamedAfterTheDataFile() {
    for (String name : List.of("a.b", "a.b.gz", "a.b.json", "a.b.jsonl", "a.b.json.gz")) {
      assertThat(Manifest.beside(Path.of("x", name))).isEqualTo(Path.of("x", "a.b.schema.json"));
    }
  }

  @Test
  void batchOfWhichOnlyAPartFitsOnTheDiskIsNotInTheBackup() throws Exception {
    Process process = ChildJava.start("ulimit -f 16", DiskThatFillsUp.class, file);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).startsWith("cannot write " + file + ": File too large").contains("finished");
    assertThat(BackupFiles.at(file).check(ID).items()).isEqualTo(2);
  }

  /** Writes a batch that fits, one that does not, and one that fits. */
  static final class DiskThatFillsUp {
    public static void main(String[] file) throws Exception {
      byte[] noise = new byte[20_000];
      new Random(1).nextBytes(noise);
      try (BackupSink sink = BackupSink.open(Path.of(file[0]), Items.KEYS)) {
        sink.write(List.of(Items.of("u1")));
        try {
          sink.write(List.of(Items.of(Base64.getEncoder().encodeToString(noise))));
        } catch (StoreException e) {
          System.out.println(e.getMessage());
        }
        sink.write(List.of(Items.of("u2")));
        sink.finish(Items.manifest(2));
        System.out.println("finished");
      }
    }
  }

  @Test
  void killedAtAnyMomentItLeavesNoBackupOrAWholeOne() throws Exception {
    Random random = Cases.random();
    for (int run = 0; run < 3; run++) {
      Path backups = Files.createDirectory(folder.resolve("run" + run));
      Process process = ChildJava.start("true", BackupAfterBackup.class, backups);
      process.getInputStream().read();
      Thread.sleep(random.nextInt(200));
      process.destroyForcibly().waitFor();
      List<Path> finished =
          filesIn(backups).stream().filter(path -> path.toString().endsWith(".gz")).toList();
      assertThat(finished).isNotEmpty();
      for (Path backup : finished) {
        assertThat(BackupFiles.at(backup).manifest()).isPresent();
        assertThat(BackupFiles.at(backup).check(ID).items()).isEqualTo(10);
      }
      Path next = backups.resolve("users" + finished.size() + ".gz");
      boolean whole = BackupPlace.finish(next).isPresent();
      if (!whole) {
        Items.backUp(next, Items.some(3), 1);
      }
      assertThat(BackupFiles.at(next).check(ID).items()).isEqualTo(whole ? 10 : 3);
      assertThat(filesIn(backups)).noneMatch(path -> path.toString().endsWith(".part"));
    }
  }

  /** Makes backups until it is killed. */
  static final class BackupAfterBackup {
    public static void main(String[] folder) throws Exception {
      for (int i = 0; ; i++) {
        Items.backUp(Path.of(folder[0], "users" + i + ".gz"), Items.some(10), 3);
        System.out.println(i);
      }
    }
  }
}
