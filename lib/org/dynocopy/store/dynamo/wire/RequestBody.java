package org.dynocopy.store.dynamo.wire;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dynocopy.engine.Item;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A request's body, spliced from slices of other buffers: an item goes out from the very bytes it
 * came in as. Can be read many times, for its hash, for sending, for sending again.
 */
public final class RequestBody implements ContentStreamProvider {

  private final List<Item> slices;
  private long length;

  /** Makes an empty body. */
  public RequestBody() {
    this(8);
  }

  /** Makes an empty body with room for some slices. */
  public RequestBody(int room) {
    slices = new ArrayList<>(room);
  }

  /** Adds a text. */
  public RequestBody add(String json) {
    return add(Item.of(json));
  }

  /** Adds bytes, which are not copied. */
  public RequestBody add(byte[] json) {
    return add(new Item(json, 0, json.length));
  }

  /** Adds a slice, which is not copied. */
  public RequestBody add(Item slice) {
    slices.add(slice);
    length += slice.length();
    return this;
  }

  /** Adds the slices of another body. */
  public RequestBody addAll(RequestBody other) {
    slices.addAll(other.slices);
    length += other.length;
    return this;
  }

  /** Returns how many bytes it has. */
  public long length() {
    return length;
  }

  List<Item> slices() {
    return slices;
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
    private int slice;
    private int read;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int most) {
      int copied = 0;
      while (copied < most && slice < slices.size()) {
        Item from = slices.get(slice);
        int part = Math.min(most - copied, from.length() - read);
        System.arraycopy(from.bytes(), from.offset() + read, into, offset + copied, part);
        copied += part;
        read += part;
        if (read == from.length()) {
          slice++;
          read = 0;
        }
      }
      return copied == 0 && most > 0 ? -1 : copied;
    }
  }
}
