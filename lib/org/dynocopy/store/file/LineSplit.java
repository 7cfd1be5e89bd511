package org.dynocopy.store.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Source.Split;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.files.FileReason;

/** A file of lines. A position is the number of lines before; it stays open from page to page. */
final class LineSplit implements Split {

  private static final int MOST_ITEMS = 1_000;
  private static final int MOST_BYTES = 1 << 20;

  /** Finds the item in a line. */
  @FunctionalInterface
  interface Parser {
    /**
     * Finds it.
     *
     * @param number the line's number, from 1
     * @return the item, a slice of the bytes; empty if the line has none to be read
     * @throws NoItemException what ends the run
     */
    Optional<Item> find(byte[] bytes, int offset, int length, long number)
        throws NoItemException, StoreException;
  }

  private final Path file;
  private final Parser parser;
  private Lines open;

  LineSplit(Path file, Parser parser) {
    this.file = file;
    this.parser = parser;
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public Page read(Optional<Position> after, RequestSender requests) throws StoreException {
    try {
      return read(lines(after));
    } catch (NoItemException e) {
      throw noItem(open.number(), e);
    } catch (IOException e) {
      throw new StoreException(Kind.REFUSED, "cannot read " + file + ": " + FileReason.of(e), e);
    }
  }

  private StoreException noItem(long line, NoItemException e) {
    return new StoreException(Kind.REFUSED, file + ":" + line + ": " + e.getMessage(), e);
  }

  /** Returns the lines after a position: most often, those where the last page ended. */
  private Lines lines(Optional<Position> after) throws IOException {
    long number =
        after.map(p -> Long.parseLong(new String(p.token(), StandardCharsets.UTF_8))).orElse(0L);
    if (open == null || open.number() != number) {
      close();
      open = new Lines(file);
      ByteArrayOutputStream skipped = new ByteArrayOutputStream();
      while (open.number() < number && open.next(skipped)) {
        skipped.reset();
      }
    }
    return open;
  }

  private Page read(Lines lines) throws IOException, StoreException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    List<Integer> ends = new ArrayList<>();
    long first = lines.number() + 1;
    boolean more = true;
    while (more && ends.size() < MOST_ITEMS && page.size() < MOST_BYTES) {
      more = lines.next(page);
      ends.add(page.size());
    }
    List<Item> items = items(page.toByteArray(), ends, first);
    Optional<Position> next = Optional.empty();
    if (more) {
      String line = Long.toString(lines.number());
      next = Optional.of(new Position(line.getBytes(StandardCharsets.UTF_8)));
    } else {
      close();
    }
    return new Page(items, next, items.size(), 0, page.size(), 0);
  }

  private List<Item> items(byte[] page, List<Integer> ends, long first) throws StoreException {
    List<Item> items = new ArrayList<>(ends.size());
    int from = 0;
    for (int i = 0; i < ends.size(); i++) {
      try {
        parser.find(page, from, ends.get(i) - from, first + i).ifPresent(items::add);
      } catch (NoItemException e) {
        throw noItem(first + i, e);
      }
      from = ends.get(i);
    }
    return items;
  }

  void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
