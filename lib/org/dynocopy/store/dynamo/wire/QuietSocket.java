package org.dynocopy.store.dynamo.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A socket that reads ahead, since TLS asks for the five bytes before each record on their own, and
 * that can tell whether anything has come while it was not used: then its peer has hung up.
 */
final class QuietSocket extends Socket {

  private ReadingAhead in;

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (in == null) {
      in = new ReadingAhead(super.getInputStream());
    }
    return in;
  }

  /** Returns whether nothing has come, not even the end. Waits for a millisecond. */
  boolean isQuiet() throws IOException {
    int timeout = getSoTimeout();
    setSoTimeout(1);
    try {
      ((ReadingAhead) getInputStream()).fill();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      setSoTimeout(timeout);
    }
  }

  /** Used by one thread at a time. */
  private static final class ReadingAhead extends InputStream {
    private final InputStream in;
    private final byte[] buffer = new byte[32 << 10];
    private int start;
    private int end;

    ReadingAhead(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
      if (start == end) {
        if (most >= buffer.length) {
          return in.read(into, offset, most);
        }
        if (!fill()) {
          return -1;
        }
      }
      int read = Math.min(most, end - start);
      System.arraycopy(buffer, start, into, offset, read);
      start += read;
      return read;
    }

    /** Waits for more, unless there is some; returns whether there is. */
    boolean fill() throws IOException {
      if (start == end) {
        start = 0;
        end = 0;
        end = Math.max(in.read(buffer, 0, buffer.length), 0);
      }
      return start < end;
    }

    @Override
    public int available() throws IOException {
      return end - start + in.available();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
