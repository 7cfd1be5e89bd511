package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.servers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other users of the machine prepare the folder in which somebody copies. */
@DisabledOnOs(OS.WINDOWS)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class OtherUsersTest {

  private static Resuming copies;
  private static String before;

  @TempDir private Path folder;
  private Path victim;
  private Path state;

  @BeforeAll
  static void tables(@TempDir Path shared) {
    copies = new Resuming(shared, 500);
    before = System.getProperty("dynocopy.folder");
  }

  @BeforeEach
  void files() throws IOException {
    victim = Files.writeString(folder.resolve("victim"), "the victim's\n");
    state = folder.resolve(".dynocopy");
    System.setProperty("dynocopy.folder", state.toString());
  }

  @AfterEach
  void usualFolder() {
    System.setProperty("dynocopy.folder", before);
  }

  private Cli.Result copy(String... options) {
    List<String> words = new ArrayList<>(List.of("copy", copies.from, "other"));
    words.addAll(List.of("--create-target", "--limit", "10", "--rate-write", "100000"));
    words.addAll(List.of("--endpoint-url", TestServers.first().toString()));
    words.addAll(List.of("--region", TestServers.REGION));
    words.addAll(List.of(options));
    return Cli.run(words.toArray(String[]::new));
  }

  private void assertRefused(Path what, String... options) {
    Cli.Result refused = copy(options);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err())
        .contains(what.toString())
        .doesNotContain("\tat ", "Exception", "the ledger");
    assertThat(victim).hasContent("the victim's");
  }

  @Test
  void workingFolderThatIsALinkIsRefused() throws Exception {
    Files.createSymbolicLink(state, Files.createDirectory(folder.resolve("theirs")));
    assertRefused(state);
    assertThat(folder.resolve("theirs")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---"})
  void workingFolderThatOthersCanWriteToIsRefused(String mode) throws Exception {
    Files.createDirectory(state);
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString(mode));
    assertRefused(state);
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void workingFolderOfAnotherUserIsRefused() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    Files.createDirectory(state);
    Files.setAttribute(state, "unix:uid", 4711, LinkOption.NOFOLLOW_LINKS);
    assertRefused(state);
    assertThat(state).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--resume", "--dead-letter", "--control"})
  void fileThatIsALinkIsRefused(String option) throws Exception {
    Files.createSymbolicLink(folder.resolve("c"), victim);
    assertRefused(folder.resolve("c"), option, folder.resolve("c").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--resume", "--dead-letter", "--control"})
  void fileThatOthersCanWriteIsRefused(String option) throws Exception {
    Path file = Files.writeString(folder.resolve("c"), "# dynocopy control file\nwrite=1\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertRefused(file, option, file.toString());
    assertThat(file).hasContent("# dynocopy control file\nwrite=1\n");
  }

  @Test
  void lockThatIsALinkIsRefused() throws Exception {
    Files.createSymbolicLink(folder.resolve("c.lock"), victim);
    assertRefused(folder.resolve("c.lock"), "--resume", folder.resolve("c").toString());
  }

  /** All items are copied by then: that is said, and no failure. */
  @Test
  void recordThatIsALinkIsNotWrittenThrough() throws Exception {
    Files.createDirectory(state, PosixFilePermissions.asFileAttribute(ownerOnly()));
    Files.createSymbolicLink(state.resolve("runs.jsonl"), victim);
    Cli.Result copied = copy();
    assertThat(copied.exitCode()).as(copied.err()).isZero();
    assertThat(copied.err()).contains("could not be recorded", "runs.jsonl is a link");
    assertThat(victim).hasContent("the victim's");
  }

  private static Set<PosixFilePermission> ownerOnly() {
    return PosixFilePermissions.fromString("rwx------");
  }

  private Cli.Result run(String... words) throws Exception {
    return Cli.await(
        copies.startWords(folder, TestServers.first(), TestServers.second(), Map.of(), words),
        folder);
  }

  @Test
  void whatIsMadeIsItsOwnersAloneWhateverTheUmask() throws Exception {
    copies.startBy(() -> List.of("sh", "-c", "umask 000; exec \"$@\"", "sh"));
    Cli.Result copied =
        run("copy", "source:" + copies.from, "target:" + copies.to, "--control", "here/control");
    assertThat(copied.exitCode()).as(copied.err()).isZero();
    Cli.Result saved = run("backup", "source:" + copies.from);
    copies.startBy(List::of);
    assertThat(saved.exitCode()).as(saved.err()).isZero();
    try (Stream<Path> made = Stream.concat(Files.walk(state), Files.walk(folder.resolve("here")))) {
      List<Path> all = made.toList();
      assertThat(all).hasSizeGreaterThan(4);
      for (Path path : all) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
    assertThat(state.resolve(".gitignore")).hasContent("*");
  }
}
