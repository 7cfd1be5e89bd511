package org.dynocopy.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who can put another file in a file's place is found out by the folders above it. */
@DisabledOnOs(OS.WINDOWS)
class TrustTest {

  /** A user and a group of that number, with a name, are in all systems. */
  private static final int DAEMON = 1;

  private static final int NAMELESS = 54_321;
  private static final int UNMAPPED = 65_534;

  @TempDir private Path folder;

  private Path above(int mode) throws IOException {
    Path above = Files.createDirectories(folder.resolve("above"));
    Files.createDirectories(above.resolve("own"));
    return Files.setAttribute(above, "unix:mode", mode);
  }

  private static void give(Path path, String to, int number) throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    Files.setAttribute(path, "unix:" + to, number, LinkOption.NOFOLLOW_LINKS);
  }

  private void assertReplaceable(Path by) throws IOException {
    for (String name : new String[] {"file", "own/file", "own/missing/file"}) {
      assertThat(Trust.whoCanReplace(folder.resolve("above").resolve(name)))
          .hasValueSatisfying(exposure -> assertThat(exposure.who()).startsWith(by.toString()));
    }
  }

  private void assertNotReplaceable() throws IOException {
    assertThat(Trust.whoCanReplace(folder.resolve("above/own/file"))).isEmpty();
  }

  @Test
  void folderThatAllCanWriteIsNamedUnlessItIsSticky() throws Exception {
    assertReplaceable(above(0777));
    above(01777);
    assertNotReplaceable();
    above(0755);
    assertNotReplaceable();
  }

  @Test
  void folderThatGroupOfOthersCanWriteIsNamed() throws Exception {
    Path above = above(0775);
    give(above, "gid", DAEMON);
    assertReplaceable(above);
    give(above, "gid", NAMELESS);
    assertNotReplaceable();
    give(above, "gid", 0);
    assertNotReplaceable();
    give(above, "gid", UNMAPPED);
    assertNotReplaceable();
  }

  @Test
  void groupThatMakesFolderReplaceableMakesItUntrusted() throws Exception {
    Path above = above(0770);
    for (int group : new int[] {DAEMON, NAMELESS, 0, UNMAPPED}) {
      give(above, "gid", group);
      assertThat(Trust.holds(above, true)).as("group %s", group).isEqualTo(group != DAEMON);
    }
    above(0772);
    assertThat(Trust.holds(above, true)).isFalse();
    give(above(0770), "gid", DAEMON);
    assertThatThrownBy(() -> Trust.check(above, true))
        .isInstanceOf(UntrustedFileException.class)
        .hasMessageContainingAll("group daemon", "`chmod go-w " + above + "`", "DYNOCOPY_FOLDER");
  }

  @Test
  void folderThatBelongsToAnotherUserIsNamed() throws Exception {
    Path above = above(0755);
    give(above, "uid", DAEMON);
    assertReplaceable(above);
    give(above, "uid", NAMELESS);
    assertNotReplaceable();
    give(above, "uid", UNMAPPED);
    assertNotReplaceable();
  }

  @Test
  void linkOfAnotherUserOnTheWayIsNamed() throws Exception {
    above(0755);
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("above"));
    assertThat(Trust.whoCanReplace(link.resolve("own/file"))).isEmpty();
    give(link, "uid", DAEMON);
    assertThat(Trust.whoCanReplace(link.resolve("own/file"))).isPresent();
  }

  @Test
  void fileThatOthersCanWriteIsNamedByLinksToo() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Files.setAttribute(file, "unix:mode", 0644);
    assertThat(Trust.whoCanWrite(link)).isEmpty();
    for (int mode : new int[] {0666, 01602}) {
      Files.setAttribute(file, "unix:mode", mode);
      assertThat(Trust.whoCanWrite(link).orElseThrow().advice())
          .isEqualTo("look at what is in it, and run `chmod go-w " + file.toRealPath() + "`");
    }
    Files.setAttribute(file, "unix:mode", 0600);
    give(file, "uid", NAMELESS);
    assertThat(Trust.whoCanWrite(link)).isEmpty();
    give(file, "uid", DAEMON);
    assertThat(Trust.whoCanWrite(link).orElseThrow().advice())
        .isEqualTo("copy what you know to be right into a file of your own");
  }

  @Test
  void foldersThatLinkLeadsToAreLookedAtToo() throws Exception {
    above(0777);
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("above/own"));
    assertThat(Trust.whoCanReplace(link.resolve("file"))).isPresent();
  }
}
