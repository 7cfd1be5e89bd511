package org.dynocopy.store.dynamo.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dynocopy.core.Item;
import org.dynocopy.http.Transport.Body;

/**
 * A request's body, spliced from slices of other buffers: an item goes out as the very bytes it
 * came in as. Can be read many times, for its hash, for sending, for sending again. Used by one
 * thread at a time, also for reading.
 */
public final class RequestBody implements Body {

  /** Slices of so many bytes at the most are copied beside each other, to go through in one go. */
  private static final int SMALL = 4 << 10;

  /** How many bytes of small slices stand in one array at the most. */
  private static final int ROOM = 16 << 10;

  /** What is closed of the body: large slices as they are, and arrays of small ones. */
  private final List<Item> slices = new ArrayList<>();

  /** Small slices that come after these. */
  private byte[] small;

  private int closed;
  private int filled;
  private long length;

  /** Makes an empty body. */
  public RequestBody() {
    this(256);
  }

  /**
   * Makes an empty body with room for some small slices.
   *
   * @param room how many bytes they will have, as a guess
   */
  public RequestBody(int room) {
    small = new byte[Math.min(room, ROOM)];
  }

  /** Adds a text. */
  public RequestBody add(String json) {
    return add(Item.of(json));
  }

  /** Adds bytes, which must not change afterwards. */
  public RequestBody add(byte[] json) {
    return add(new Item(json, 0, json.length));
  }

  /** Adds a slice; a large one is not copied. */
  public RequestBody add(Item slice) {
    if (slice.length() > SMALL) {
      close();
      slices.add(slice);
    } else {
      if (slice.length() > small.length - filled) {
        close();
        small = new byte[Math.max(slice.length(), Math.min(4 * small.length, ROOM))];
        closed = 0;
        filled = 0;
      }
      System.arraycopy(slice.bytes(), slice.offset(), small, filled, slice.length());
      filled += slice.length();
    }
    length += slice.length();
    return this;
  }

  private void close() {
    if (filled > closed) {
      slices.add(new Item(small, closed, filled - closed));
      closed = filled;
    }
  }

  /** Adds the slices of another body. */
  public RequestBody addAll(RequestBody other) {
    other.slices().forEach(this::add);
    return this;
  }

  @Override
  public long length() {
    return length;
  }

  /** Returns it in few pieces. */
  List<Item> slices() {
    close();
    return slices;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (Item slice : slices()) {
      out.write(slice.bytes(), slice.offset(), slice.length());
    }
  }

  @Override
  public InputStream newStream() {
    return new SlicesStream();
  }

  /** Returns all of it in one array. */
  public byte[] bytes() {
    byte[] all = new byte[Math.toIntExact(length)];
    new SlicesStream().read(all, 0, all.length);
    return all;
  }

  @Override
  public String toString() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private final class SlicesStream extends InputStream {
    private final List<Item> pieces = slices();
    private int piece;
    private int read;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int most) {
      int copied = 0;
      while (copied < most && piece < pieces.size()) {
        Item from = pieces.get(piece);
        int part = Math.min(most - copied, from.length() - read);
        System.arraycopy(from.bytes(), from.offset() + read, into, offset + copied, part);
        copied += part;
        read += part;
        if (read == from.length()) {
          piece++;
          read = 0;
        }
      }
      return copied == 0 && most > 0 ? -1 : copied;
    }
  }
}
