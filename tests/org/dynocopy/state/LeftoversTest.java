package org.dynocopy.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.Timestamp;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.store.file.Manifest;
import org.junit.jupiter.api.Test;

/** What killed runs leave is removed; what a run holds, or is whole, stays. */
class LeftoversTest {

  private static Path folder(String name) throws IOException {
    Path folder = Files.createDirectories(WorkingFolder.file(name));
    Files.writeString(folder.resolve("0.old"), "keys");
    return folder;
  }

  private static Path file(String name) throws IOException {
    return Files.writeString(WorkingFolder.file(name), "half");
  }

  @Test
  void onlyWhatNobodyHoldsIsRemoved() throws IOException {
    Path held = folder("left-users-1");
    Path killed = folder("left-users-2");
    Path unlocked = folder("left-users-3");
    Path other = folder("left-orders-1");
    Path part = file("left-users-4.jsonl.gz.part");
    Path whole = file("left-users-5.jsonl.gz.part");
    Path checkpoint = file("left-users-6.checkpoint");
    Path manifest =
        Files.writeString(Manifest.beside(WorkingFolder.file("left-users-5.jsonl.gz")), "");
    try (LockFile lock = LockFile.on(held)) {
      for (Path path : new Path[] {killed, other, part, whole, checkpoint}) {
        Files.writeString(LockFile.beside(path), " (process 1)");
      }
      Leftovers.remove(Pattern.compile("left-users-.*"));
      assertThat(killed).doesNotExist();
      assertThat(LockFile.beside(killed)).doesNotExist();
      assertThat(part).doesNotExist();
      assertThat(held.resolve("0.old")).exists();
      assertThat(unlocked).isNotEmptyDirectory();
      assertThat(other).isNotEmptyDirectory();
      assertThat(whole).exists();
      assertThat(checkpoint).exists();
      assertThat(manifest).exists();
    }
    Leftovers.remove(Pattern.compile("left-.*"));
    assertThat(other).doesNotExist();
  }

  @Test
  void onlyNamesWithATimeBehindThemAreOfThatTable() throws IOException {
    String end = ".jsonl.gz.part";
    Path own = file("half-users-20261122-101500-123" + end);
    Path[] others = {
      file("half-users-old-20261122-101500-123" + end),
      file("half-users-2026-20261122-101500-123" + end),
      file("half-users-20261122-101500-123-20261122-101500-123" + end),
      file("half-users-mine" + end),
    };
    Files.writeString(LockFile.beside(own), " (process 1)");
    for (Path other : others) {
      Files.writeString(LockFile.beside(other), " (process 1)");
    }
    Leftovers.remove(Timestamp.names("half-users", end));
    assertThat(own).doesNotExist();
    for (Path other : others) {
      assertThat(other).exists();
    }
    assertThat(Timestamp.after("half") + end).matches(Timestamp.names("half", end));
  }

  /** What a journal names is what its run goes on with; what is whole stays, too. */
  @Test
  void sweepLeavesWhatARunGoesOnFrom() throws IOException {
    String end = "-20261130-101500-123.jsonl.gz";
    Path known = file("backup-known" + end + ".part");
    Path lost = file("backup-lost" + end + ".part");
    Path checkpoint = file("swept.checkpoint");
    Path control = file("control-9999999.properties");
    Path moved = WorkingFolder.file("backup-moved" + end + ".part");
    Path journal = Files.writeString(WorkingFolder.file("run-swept.jsonl"), "backup-known" + end);
    for (Path path : new Path[] {known, lost, checkpoint, control, moved}) {
      Files.writeString(LockFile.beside(path), " (process 1)");
    }
    try (LockFile held = LockFile.on(WorkingFolder.file("held.checkpoint"))) {
      Leftovers.sweep();
      assertThat(LockFile.beside(WorkingFolder.file("held.checkpoint"))).exists();
    } finally {
      Files.delete(journal);
    }
    assertThat(known).exists();
    assertThat(LockFile.beside(known)).exists();
    assertThat(checkpoint).exists();
    for (Path gone : new Path[] {lost, control, LockFile.beside(checkpoint)}) {
      assertThat(gone).doesNotExist();
    }
    assertThat(LockFile.beside(moved)).doesNotExist();
    Files.delete(known);
    Files.delete(LockFile.beside(known));
    Files.delete(checkpoint);
  }
}
