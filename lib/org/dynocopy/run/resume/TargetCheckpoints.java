package org.dynocopy.run.resume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.core.ForwardingSink;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.state.CheckpointFile;
import org.dynocopy.store.TableInfo;

/**
 * The checkpoints of the runs that write into a table, for a job that removes items from it. What
 * such a checkpoint says is settled may be gone afterwards, and the run that went on from there
 * would leave it out: so the checkpoint is deleted before the first item is removed, and that run
 * begins anew. Those outside of the working folder are known by a note in it.
 */
public final class TargetCheckpoints {

  /** The checkpoint of one run, and the table that it writes. */
  private record Found(Path file, CheckpointFile checkpoint) {}

  /** Of a path. */
  private static final int MOST = 64 << 10;

  private final TableInfo table;
  private final Optional<Path> own;
  private final Consumer<String> say;
  private boolean deleted;

  /**
   * Looks for nothing yet.
   *
   * @param table from which items will be removed
   * @param own the checkpoint of the run that removes them, which stays
   * @param say takes a sentence for each checkpoint that is deleted
   */
  public TargetCheckpoints(TableInfo table, Optional<Path> own, Consumer<String> say) {
    this.table = table;
    this.own = own.map(TargetCheckpoints::whole);
    this.say = say;
  }

  /** Notes in the working folder that there is a checkpoint elsewhere; returns why it could not. */
  static Optional<String> note(Path checkpoint) {
    if (isFound(checkpoint)) {
      return Optional.empty();
    }
    try {
      PrivateFiles.createFolder(WorkingFolder.path());
      PrivateFiles.replace(noteOf(checkpoint), whole(checkpoint).toString().getBytes(UTF_8));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "what removes items of the target will not find the checkpoint "
              + checkpoint
              + ", as it cannot be noted in "
              + WorkingFolder.path()
              + ": "
              + FileReason.of(e));
    }
  }

  /** Removes a checkpoint, and the note of it. */
  static void delete(Path checkpoint) throws IOException {
    Files.deleteIfExists(checkpoint);
    if (!isFound(checkpoint)) {
      Files.deleteIfExists(noteOf(checkpoint));
    }
  }

  private static boolean isFound(Path checkpoint) {
    Path file = whole(checkpoint);
    return file.getParent().equals(whole(WorkingFolder.path()))
        && file.getFileName().toString().endsWith(".checkpoint");
  }

  private static Path noteOf(Path checkpoint) {
    String digest = ResumePoint.digest(whole(checkpoint).toString().getBytes(UTF_8));
    return WorkingFolder.file("elsewhere-" + digest + ".path");
  }

  private static Path whole(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /**
   * Returns, a sentence each, which runs will begin anew.
   *
   * @param table from which items would be removed
   * @param own the checkpoint of the run that would remove them
   */
  public static List<String> sentences(TableInfo table, Optional<Path> own) {
    TargetCheckpoints checkpoints = new TargetCheckpoints(table, own, said -> {});
    try {
      return checkpoints.found().stream().map(checkpoints::sentence).toList();
    } catch (StoreException e) {
      return List.of(e.getMessage());
    }
  }

  private String sentence(Found found) {
    return String.format(
        "%s: the run that was stopped there had written %,d items into %s; as items are removed"
            + " from it, the checkpoint is deleted, and the same command begins anew",
        found.file(), found.checkpoint().checkpoint().settled().written(), table.name());
  }

  /**
   * Refuses to remove items while another run writes into the table.
   *
   * @throws StoreException if one does
   */
  public void check() throws StoreException {
    for (Found found : found()) {
      lock(found.file(), () -> {});
    }
  }

  /** Returns a sink that deletes the checkpoints before the first item is removed. */
  public Sink before(Sink removes) {
    return new ForwardingSink(removes) {
      @Override
      public Written write(List<Item> batch) throws StoreException, InterruptedException {
        deleteOnce();
        return sink.write(batch);
      }
    };
  }

  private synchronized void deleteOnce() throws StoreException {
    if (!deleted) {
      deleteAll();
      deleted = true;
    }
  }

  private void deleteAll() throws StoreException {
    for (Found found : found()) {
      lock(
          found.file(),
          () -> {
            delete(found.file());
            PrivateFiles.syncFolder(found.file());
          });
      say.accept(sentence(found));
    }
  }

  /** Deletes those, too, that came while items were removed; returns why it could not. */
  public synchronized List<String> after() {
    try {
      if (deleted) {
        deleteAll();
      }
      return List.of();
    } catch (StoreException e) {
      return List.of(e.getMessage() + ": when that run has ended, run it again with --fresh");
    }
  }

  /** What is done while no run has the checkpoint. */
  private interface Deed {
    void run() throws IOException;
  }

  private void lock(Path file, Deed deed) throws StoreException {
    try (LockFile lock = LockFile.on(file)) {
      deed.run();
    } catch (IOException e) {
      throw refused(
          "the checkpoint " + file + " of a run that writes into it cannot be deleted", e);
    }
  }

  private StoreException refused(String why, IOException e) {
    return new StoreException(
        Kind.REFUSED,
        "items of " + table.name() + " are not removed: " + why + ": " + FileReason.of(e),
        e);
  }

  private List<Found> found() throws StoreException {
    List<Found> all = new ArrayList<>();
    for (Path file : files()) {
      if (own.equals(Optional.of(whole(file)))) {
        continue;
      }
      try {
        CheckpointFile.read(file)
            .filter(checkpoint -> writesTable(checkpoint.plan()))
            .ifPresent(checkpoint -> all.add(new Found(file, checkpoint)));
      } catch (InvalidJobException e) {
        // No run can go on from a broken one, but perhaps from one that only we cannot read.
        if (e.getCause() instanceof IOException why && !(why instanceof NoSuchFileException)) {
          throw refused("whether the checkpoint " + file + " is of this table cannot be seen", why);
        }
      }
    }
    return all;
  }

  /** Tells whether a checkpoint is of a run that writes the table, or a replica of it. */
  private boolean writesTable(Map<String, String> parts) {
    String to = parts.getOrDefault("to", "");
    String arn = to.split("[ ,]", 2)[0];
    return to.startsWith(ResumePoint.identity(table) + ", ") || table.replicas().contains(arn);
  }

  private List<Path> files() throws StoreException {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(WorkingFolder.path())) {
      return files;
    }
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(WorkingFolder.path(), "*.{checkpoint,path}")) {
      for (Path file : found) {
        if (file.toString().endsWith(".path")) {
          noted(file).ifPresent(files::add);
        } else {
          files.add(file);
        }
      }
      return files;
    } catch (IOException e) {
      throw refused("which runs write into it cannot be seen", e);
    } catch (DirectoryIteratorException e) {
      throw refused("which runs write into it cannot be seen", e.getCause());
    }
  }

  /** Returns the checkpoint of which a note tells, unless its run has ended meanwhile. */
  private static Optional<Path> noted(Path note) throws IOException {
    try {
      return Optional.of(Path.of(new String(PrivateFiles.readAll(note, MOST), UTF_8)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (InvalidPathException e) {
      throw new IOException(note + " was changed: it has no path of a checkpoint", e);
    }
  }
}
