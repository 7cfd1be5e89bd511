package org.dynocopy.toy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.testing.StoreLaws.Places;

/** Folders of items. */
final class ToyPlaces implements Places {

  final Path from;
  final Path to;

  /** Makes files of random lengths, and an empty folder. */
  ToyPlaces(Path folder, Random random, int mostLines) throws IOException {
    from = Files.createTempDirectory(folder, "from");
    to = Files.createTempDirectory(folder, "to");
    for (int file = 2 + random.nextInt(8); file > 0; file--) {
      List<String> lines = new ArrayList<>();
      for (int line = random.nextInt(mostLines + 1); line > 0; line--) {
        lines.add("{\"id\":{\"S\":\"" + file + "." + line + "\"}}");
      }
      Files.write(from.resolve("part-" + file), lines);
    }
  }

  @Override
  public Source source() {
    return new ToySource(from);
  }

  @Override
  public Sink sink() {
    return new ToySink(to, 0);
  }

  @Override
  public Set<String> expected() throws IOException {
    return new TreeSet<>(lines(from));
  }

  @Override
  public List<String> written() throws IOException {
    return lines(to);
  }

  private static List<String> lines(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.flatMap(ToyPlaces::linesOf).toList();
    }
  }

  private static Stream<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void clear() throws IOException {
    try (Stream<Path> files = Files.list(to)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
