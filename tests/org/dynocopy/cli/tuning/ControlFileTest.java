package org.dynocopy.cli.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dynocopy.capacity.Meters.Pace;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.spec.limits.Rate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a control file counts, and when. */
class ControlFileTest {

  private static final Pace NOW =
      new Pace(Optional.of(new Rate(5, false)), Optional.of(new Rate(50, true)), false);

  @TempDir private Path folder;
  private Path file;
  private ControlFile control;

  @BeforeEach
  void open() throws Exception {
    file = folder.resolve("control.properties");
    control = ControlFile.open(file, NOW);
  }

  private void change(String before, String after) throws Exception {
    Files.writeString(file, Files.readString(file).replace(before, after));
  }

  @Test
  void onlyWhatWasChangedCounts() throws Exception {
    assertThat(control.changed(NOW)).isEmpty();
    change("read=5", "read=7");
    Pace faster = new Pace(Optional.of(new Rate(7, false)), NOW.write(), false);
    assertThat(control.changed(NOW)).contains(faster);
    change("write=50%", "write=none");
    change("pause=false", "pause=true");
    assertThat(control.changed(faster)).contains(new Pace(faster.read(), Optional.empty(), true));
  }

  /** An editor writes it a moment later. */
  @Test
  void fileThatIsEmptyOrGoneChangesNothing() throws Exception {
    String whole = Files.readString(file);
    for (String text : new String[] {"", " \n\n"}) {
      Files.writeString(file, text);
      assertThat(control.changed(NOW)).isEmpty();
    }
    Files.delete(file);
    assertThat(control.changed(NOW)).isEmpty();
    Files.writeString(file, whole);
    assertThat(control.changed(NOW)).isEmpty();
  }

  @Test
  void fileWithAWrongLineChangesNothing() throws Exception {
    for (String wrong : new String[] {"read=fast", "read=0", "pause=yes", "speed=3", "read"}) {
      Files.writeString(file, "write=none\n" + wrong + "\n");
      assertThatThrownBy(() -> control.changed(NOW))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void ratesOfTheNextJobAreWrittenThere() throws Exception {
    Pace next = new Pace(Optional.empty(), Optional.of(new Rate(9, false)), false);
    assertThat(control.changed(next)).isEmpty();
    assertThat(Files.readString(file)).contains("read=none", "write=9", "pause=false");
  }

  @Test
  void filesOfKilledRunsAreRemovedAndOthersStay() throws Exception {
    Path killed = WorkingFolder.file("control-1000001.properties");
    Path theirs = WorkingFolder.file("control-1000002.properties");
    ControlFile other = ControlFile.open(theirs, NOW);
    Files.writeString(killed, "# dynocopy control file");
    Files.writeString(LockFile.beside(killed), " (process 1000001)");
    Path own = WorkingFolder.file("control-1000003.properties");
    try (ControlFile mine = ControlFile.open(own, NOW)) {
      assertThat(killed).doesNotExist();
      assertThat(mine.path()).exists();
      assertThat(theirs).exists();
    }
    other.close();
    for (Path file : new Path[] {own, theirs}) {
      assertThat(file).doesNotExist();
      assertThat(LockFile.beside(file)).doesNotExist();
    }
  }
}
