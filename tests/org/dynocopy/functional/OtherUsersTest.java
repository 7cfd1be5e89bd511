package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
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
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
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
    assertRefused(what, copy(options));
  }

  private void assertRefused(Path what, Cli.Result refused) {
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
    if (mode.endsWith("---")) {
      assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
      Files.setAttribute(state, "unix:gid", 1);
    }
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

  @ParameterizedTest
  @ValueSource(strings = {"c", "c.part", "c.lock"})
  void checkpointsFilesThatAreHardLinksAreRefused(String name) throws Exception {
    Files.createLink(folder.resolve(name), victim);
    assertRefused(folder.resolve(name), "--resume", folder.resolve("c").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--dead-letter", "--control"})
  void fileThatIsAHardLinkIsRefused(String option) throws Exception {
    Files.writeString(victim, "# dynocopy control file\n");
    Path link = Files.createLink(folder.resolve("c"), victim);
    Cli.Result refused = copy(option, link.toString());
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains(link + " is a hard link");
    assertThat(victim).hasContent("# dynocopy control file\n");
  }

  @Test
  void lockThatIsALinkIsRefused() throws Exception {
    Files.createSymbolicLink(folder.resolve("c.lock"), victim);
    assertRefused(folder.resolve("c.lock"), "--resume", folder.resolve("c").toString());
  }

  /** All items are copied by then: that is said, and no failure. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recordThatIsALinkIsNotWrittenThrough(boolean hard) throws Exception {
    Files.createDirectory(state, PosixFilePermissions.asFileAttribute(ownerOnly()));
    Path runs = state.resolve("runs.jsonl");
    Path made = hard ? Files.createLink(runs, victim) : Files.createSymbolicLink(runs, victim);
    Cli.Result copied = copy();
    assertThat(copied.exitCode()).as(copied.err()).isZero();
    assertThat(copied.err())
        .contains("could not be recorded", made + " is a " + (hard ? "hard link" : "link"));
    assertThat(victim).hasContent("the victim's");
  }

  /** What stands in the place of the working folder. */
  private List<Path> wrongFolders() throws Exception {
    List<Path> wrong = new ArrayList<>();
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    wrong.add(Files.createSymbolicLink(folder.resolve("link"), theirs));
    Path open = Files.createDirectory(folder.resolve("open"));
    wrong.add(Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx")));
    wrong.add(Files.createFile(folder.resolve("plain")));
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    wrong.add(pipe);
    if ("root".equals(System.getProperty("user.name"))) {
      Path other = Files.createDirectory(folder.resolve("other"));
      wrong.add(Files.setAttribute(other, "unix:uid", 4711, LinkOption.NOFOLLOW_LINKS));
    }
    return wrong;
  }

  @Test
  void everyJobThatKeepsFilesRefusesAWrongFolderAlike() throws Exception {
    Path backup = Files.writeString(folder.resolve("b.jsonl"), "{\"id\":{\"S\":\"a\"}}\n");
    String letter = "{\"reason\":\"r\",\"item\":{\"id\":{\"S\":\"a\"}}}\n";
    Path letters = Files.writeString(folder.resolve("letters"), letter);
    Path recipe = folder.resolve("r.groovy");
    Files.writeString(recipe, "copy { from '" + copies.from + "'; to 'new'; createTarget() }");
    String commands =
        """
        copy FROM new --create-target
        delete FROM --pk nothing --yes
        truncate FROM --yes
        backup FROM
        backup FROM --to file:%1$s.new
        restore file:%1$s FROM --yes
        replay %2$s FROM --yes
        verify FROM file:%1$s
        schema clone FROM new
        %3$s
        """
            .formatted(backup, letters, recipe);
    for (Path wrong : wrongFolders()) {
      System.setProperty("dynocopy.folder", wrong.toString());
      for (String command : commands.lines().toList()) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.replaceAll(word -> word.equals("FROM") ? copies.from : word);
        words.addAll(List.of("--endpoint-url", TestServers.first().toString()));
        words.addAll(List.of("--region", TestServers.REGION));
        Cli.Result refused = Cli.run(words.toArray(String[]::new));
        assertThat(refused.exitCode()).as(command + ": " + refused.err()).isEqualTo(2);
        assertThat(refused.err())
            .as(command)
            .startsWith(wrong.toString())
            .hasLineCount(1)
            .doesNotContain("dead letters", "checkpoint", "Exception");
      }
    }
    assertThat(folder.resolve("theirs")).isEmptyDirectory();
  }

  @Test
  void folderThatIsNoPathIsTold() {
    System.setProperty("dynocopy.folder", "no\0path");
    String to = Tables.on(TestServers.first()).key("id", "S").create();
    Cli.Result refused = copyAll(TestServers.first(), to);
    assertThat(refused.err())
        .contains("DYNOCOPY_FOLDER cannot be used: `no\\u0000path` is not a path here");
    assertThat(refused.exitCode()).isEqualTo(2);
  }

  private Cli.Result copyAll(URI server, String to) {
    return Cli.run(
        "copy",
        copies.from,
        to,
        "--writers=1",
        "--endpoint-url=" + server,
        "--region=" + TestServers.REGION);
  }

  @Test
  void checkpointThatOthersCouldPutBackIsNotUsed() throws Exception {
    Path project = Files.createDirectory(folder.resolve("project"));
    Files.setPosixFilePermissions(project, PosixFilePermissions.fromString("rwxrwxrwx"));
    System.setProperty("dynocopy.folder", project.resolve(".dynocopy").toString());
    String to = Tables.on(TestServers.first()).key("id", "S").create();
    FaultProxy.Faults denied =
        (operation, number) ->
            operation.equals("BatchWriteItem") && number > 5 ? Fault.DENIED : Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(TestServers.first(), denied)) {
      Cli.Result stopped = copyAll(proxy.endpoint(), to);
      assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(3);
      assertThat(stopped.err())
          .contains(project + " can be changed by other users", "exit code 2 until --fresh")
          .contains("`chmod go-w " + project + "`", "DYNOCOPY_FOLDER");
    }
    Cli.Result refused = copyAll(TestServers.first(), to);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err())
        .contains(project + " can be changed by other users", "could be an old copy")
        .contains("--fresh", "DYNOCOPY_FOLDER");
    Path own = Files.move(project.resolve(".dynocopy"), folder.resolve("moved"));
    System.setProperty("dynocopy.folder", own.toString());
    Cli.Result copied = copyAll(TestServers.first(), to);
    assertThat(copied.exitCode()).as(copied.err()).isZero();
    assertThat(copied.err()).contains("goes on where it was stopped");
  }

  @Test
  void folderOfAnyNameThatIsMadeIsIgnoredByGit() throws Exception {
    System.setProperty("dynocopy.folder", folder.resolve("a/state").toString());
    assertThat(copy().exitCode()).isZero();
    assertThat(folder.resolve("a/state/.gitignore")).hasContent("*");
    assertThat(folder.resolve("a/.gitignore")).doesNotExist();
    Path own = Files.createDirectory(folder.resolve("own"));
    System.setProperty("dynocopy.folder", own.toString());
    assertThat(copy().exitCode()).isZero();
    assertThat(own.resolve("runs.jsonl")).exists();
    assertThat(own.resolve(".gitignore")).doesNotExist();
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
