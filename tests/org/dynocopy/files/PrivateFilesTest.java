package org.dynocopy.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever another user has put in a file's place, it is neither read nor written through. */
@DisabledOnOs(OS.WINDOWS)
class PrivateFilesTest {

  private static final byte[] TEXT = "ours".getBytes(UTF_8);

  /** A group of that number, with a name, is in all systems. */
  private static final int DAEMON = 1;

  @TempDir private Path folder;

  /** A use of a file. */
  private interface Use {
    void of(Path file) throws IOException;
  }

  private enum Uses {
    APPEND(file -> PrivateFiles.append(file).close()),
    OPEN(file -> PrivateFiles.openOrCreate(file).close()),
    CREATE(file -> PrivateFiles.create(file).close()),
    WRITE(file -> PrivateFiles.write(file, TEXT)),
    REPLACE(file -> PrivateFiles.replace(file, TEXT)),
    READ(file -> PrivateFiles.readAll(file, 1_000)),
    CHECK(PrivateFiles::check);

    private final Use use;

    Uses(Use use) {
      this.use = use;
    }
  }

  private Path victim() throws IOException {
    return Files.writeString(folder.resolve("victim"), "the victim's");
  }

  private static boolean isSuperuser() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Whoever runs the tests as the superuser can have files of others. */
  private List<Path> trapsOfOthers() throws IOException {
    if (!isSuperuser()) {
      return List.of();
    }
    Path other = Files.writeString(folder.resolve("other"), "planted");
    Files.setAttribute(other, "unix:uid", 4711, LinkOption.NOFOLLOW_LINKS);
    return List.of(other, ofGroup(DAEMON, "rw--w----"));
  }

  private Path ofGroup(int group, String mode) throws IOException {
    Path file = Files.write(folder.resolve("of-group-" + group), TEXT);
    Files.setAttribute(file, "unix:gid", group);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private List<Path> traps() throws Exception {
    List<Path> traps = new ArrayList<>();
    traps.add(Files.createSymbolicLink(folder.resolve("link"), victim()));
    traps.add(Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("not-there")));
    for (String mode : List.of("rw-rw-rw-", "rw-----w-")) {
      Path file = Files.writeString(folder.resolve(mode), "planted");
      traps.add(Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode)));
    }
    traps.addAll(trapsOfOthers());
    traps.add(Files.createLink(folder.resolve("hard"), victim()));
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    traps.add(pipe);
    traps.add(Files.createDirectory(folder.resolve("folder")));
    return traps;
  }

  @ParameterizedTest
  @EnumSource(Uses.class)
  void whatOthersMayHaveMadeIsRefusedByName(Uses how) throws Exception {
    for (Path trap : traps()) {
      assertThatThrownBy(() -> how.use.of(trap))
          .as(trap.toString())
          .isInstanceOf(IOException.class)
          .hasMessageContaining(trap.toString());
      assertThat(PrivateFiles.isThere(trap)).isTrue();
    }
    assertThat(folder.resolve("victim")).hasContent("the victim's");
    assertThat(folder.resolve("not-there")).doesNotExist();
    assertThat(folder.resolve("rw-rw-rw-")).hasContent("planted");
  }

  @ParameterizedTest
  @EnumSource(
      value = Uses.class,
      names = {"APPEND", "OPEN", "CREATE", "WRITE", "REPLACE"})
  void newFilesAndFoldersAreTheirOwnersAlone(Uses how) throws Exception {
    Path file = folder.resolve("a/b/new");
    how.use.of(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    for (Path made : List.of(file.getParent(), file.getParent().getParent())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void draftOfReplacedFileThatIsNotOursIsRefusedByName() throws Exception {
    PrivateFiles.write(folder.resolve("file"), TEXT);
    Path draft = Files.createSymbolicLink(folder.resolve("file.part"), victim());
    assertThatThrownBy(() -> PrivateFiles.replace(folder.resolve("file"), new byte[0]))
        .isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining(draft.toString());
    assertThat(draft).isSymbolicLink();
    assertThat(folder.resolve("file")).hasBinaryContent(TEXT);
  }

  /** Another run may be at the same checkpoint, and it is its lock that refuses this one. */
  @Test
  void fileMayBeReplacedWhileItIsChecked() throws Exception {
    Path file = folder.resolve("file");
    Path draft = PrivateFiles.part(file);
    FutureTask<Path> replacing =
        new FutureTask<>(
            () -> {
              for (int i = 0; i < 300; i++) {
                Files.write(draft, TEXT);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
              }
              return file;
            });
    new Thread(replacing).start();
    while (!replacing.isDone()) {
      PrivateFiles.checkReplaced(file);
    }
    assertThat(replacing.get()).hasBinaryContent(TEXT);
  }

  @Test
  void whatOthersCouldReadTheyCannotAnyMoreOnceItIsAppendedTo() throws Exception {
    Path file = Files.writeString(folder.resolve("letters"), "before\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    PrivateFiles.append(file).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file).hasContent("before\n");
  }

  /** A volume of Kubernetes gives each file to a group of the pod, who can write to it then. */
  @ParameterizedTest
  @ValueSource(ints = {0, 54_321, 65_534})
  void filesThatOnlyGroupsOfNobodyElseCanWriteAreUsed(int group) throws Exception {
    assumeTrue(isSuperuser(), "only root can give files away");
    Path file = ofGroup(group, "rw-rw----");
    for (Uses how : List.of(Uses.CHECK, Uses.READ, Uses.OPEN, Uses.REPLACE, Uses.APPEND)) {
      assertThatCode(() -> how.use.of(file)).doesNotThrowAnyException();
      Files.setAttribute(file, "unix:gid", group);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    }
    assertThat(file).hasBinaryContent(TEXT);
  }

  @Test
  void hardLinkIsMadeFileOfItsOwnByTheCommandGiven() throws Exception {
    Path file = Files.createLink(folder.resolve("hard"), victim());
    assertThatThrownBy(() -> PrivateFiles.check(file))
        .satisfies(e -> assertThat(shell(e.getMessage().split("`")[1])).isZero());
    PrivateFiles.append(file).close();
    assertThat(file).hasContent("the victim's");
  }

  private static int shell(String command) throws Exception {
    return new ProcessBuilder("sh", "-c", command).start().waitFor();
  }

  @Test
  void filesOfOnesOwnAreUsed() throws Exception {
    for (Uses how : List.of(Uses.APPEND, Uses.OPEN, Uses.REPLACE, Uses.READ, Uses.CHECK)) {
      Path file = folder.resolve(how + "");
      PrivateFiles.write(file, TEXT);
      assertThatCode(() -> how.use.of(file)).doesNotThrowAnyException();
      assertThat(file).hasBinaryContent(TEXT);
    }
  }
}
