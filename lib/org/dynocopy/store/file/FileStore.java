package org.dynocopy.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.files.FileReason;
import org.dynocopy.store.ItemOrigin;
import org.dynocopy.store.Recovery;
import org.dynocopy.store.Store;
import org.dynocopy.store.StoreContents;
import org.dynocopy.store.StoreInfo;

/**
 * A file of items in the format of DynamoDB's exports, or the folder of an export, which is only
 * read. Which files are read is decided when it is first asked, and does not change from then on.
 */
public final class FileStore implements Store {

  private final Path path;
  private final List<BackupSource> sources = new ArrayList<>();
  private Optional<BackupFiles> files = Optional.empty();
  private Optional<BackupSink> sink = Optional.empty();
  private Optional<ItemOrigin> origin = Optional.empty();

  /** Takes a path; nothing is opened yet. */
  public FileStore(Path path) {
    this.path = path;
  }

  private BackupFiles files() {
    if (files.isEmpty()) {
      files = Optional.of(BackupFiles.at(path));
    }
    return files.get();
  }

  @Override
  public StoreInfo describe() {
    return new StoreInfo(
        List.of(),
        files().items().map(OptionalLong::of).orElse(OptionalLong.empty()),
        identity(files().files()),
        files().manifest().map(Manifest::schema),
        Set.of());
  }

  /**
   * Returns a text for each file by its path, which changes when the file does.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if one of them cannot be read
   */
  public static Map<String, String> identity(List<Path> files) {
    Map<String, String> identity = new TreeMap<>();
    for (Path file : files) {
      try {
        identity.put(
            file.toAbsolutePath().normalize().toString(),
            String.format("%,d bytes of %s", Files.size(file), Files.getLastModifiedTime(file)));
      } catch (IOException e) {
        throw FileErrors.cannotRead(file, e);
      }
    }
    return identity;
  }

  @Override
  public StoreContents check(Collection<String> keyNames) {
    return files().check(keyNames);
  }

  @Override
  public List<Item> sample(int most) {
    return BackupSource.sample(files(), most);
  }

  @Override
  public Source source() {
    BackupSource source = new BackupSource(files());
    sources.add(source);
    return source;
  }

  @Override
  public void checkNew() {
    BackupPlace.check(path);
  }

  @Override
  public Optional<Recovery> recover() throws StoreException {
    try {
      return BackupPlace.finish(path).map(made -> new Recovery(made.arn(), made.time()));
    } catch (IOException e) {
      throw failure("cannot back up to ", e);
    }
  }

  @Override
  public Sink sink(ItemOrigin from) {
    origin = Optional.of(from);
    sink = Optional.of(BackupSink.open(path, from.keys()));
    return sink.get();
  }

  @Override
  public void finish(Outcome outcome) throws StoreException {
    ItemOrigin from = origin.orElseThrow();
    long items = outcome.counts().written();
    sink.orElseThrow()
        .finish(new Manifest(from.name(), from.id(), Instant.now(), items, from.schema()));
  }

  @Override
  public void close() throws StoreException {
    try {
      while (!sources.isEmpty()) {
        sources.remove(sources.size() - 1).close();
      }
    } catch (IOException e) {
      throw failure("cannot read ", e);
    }
    // Once: what is there after that may be another run's.
    Optional<BackupSink> begun = sink;
    sink = Optional.empty();
    try {
      if (begun.isPresent()) {
        begun.get().close();
      }
    } catch (IOException e) {
      throw failure("cannot back up to ", e);
    }
  }

  private StoreException failure(String what, IOException e) {
    return new StoreException(Kind.REFUSED, what + path + ": " + FileReason.of(e), e);
  }
}
