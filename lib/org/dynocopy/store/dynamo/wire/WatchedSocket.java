package org.dynocopy.store.dynamo.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket that another thread looks at, see {@link SocketWatch}: it is closed where its own waits
 * for too long. A blocking write knows no limit of time by itself, and a read with one (SO_TIMEOUT)
 * takes three system calls in place of one.
 *
 * <p>It reads ahead, since TLS asks for the five bytes before each record on their own.
 */
final class WatchedSocket extends Socket {

  private final long mostNanos;
  private ReadingAhead in;

  /** When to end what its thread waits for, by {@link System#nanoTime}; 0 while it does not. */
  private volatile long until;

  private volatile boolean brokenOff;

  /**
   * Makes a socket that is not connected.
   *
   * @param most how long to wait for the next bytes, or until some of what is written are taken
   */
  WatchedSocket(Duration most) {
    this.mostNanos = most.toNanos();
  }

  /** Closes it if its thread has waited for too long, which then fails. Called by another one. */
  void breakOffIfLate() {
    // In this order: what begins meanwhile ends later.
    long now = System.nanoTime();
    long end = until;
    if (end != 0 && now - end > 0) {
      brokenOff = true;
      try {
        close();
      } catch (IOException e) {
        // It is of no more use, however it ends.
      }
    }
  }

  /** Returns what a failure means. */
  private IOException failure(IOException e, String late) {
    return brokenOff ? new SocketTimeoutException(late) : e;
  }

  private void begin(long nanos) {
    until = System.nanoTime() + nanos | 1;
  }

  private void end() {
    until = 0;
  }

  /** Waits so long for a connection. */
  void connect(SocketAddress to, Duration most) throws IOException {
    begin(most.toNanos());
    try {
      connect(to);
    } catch (IOException e) {
      throw failure(e, "Connect timed out");
    } finally {
      end();
    }
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (in == null) {
      in = new ReadingAhead(super.getInputStream());
    }
    return in;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Out(super.getOutputStream());
  }

  /** Used by one thread at a time. */
  private final class ReadingAhead extends InputStream {
    private final InputStream in;
    private final byte[] buffer = new byte[32 << 10];
    private int start;
    private int end;

    /** Whether the last read took less than it might have: then there was no more. */
    private boolean drained;

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
          return receive(into, offset, most);
        }
        start = 0;
        end = 0;
        end = Math.max(receive(buffer, 0, buffer.length), 0);
        if (end == 0) {
          return -1;
        }
      }
      int read = Math.min(most, end - start);
      System.arraycopy(buffer, start, into, offset, read);
      start += read;
      return read;
    }

    private int receive(byte[] into, int offset, int most) throws IOException {
      begin(mostNanos);
      try {
        int read = in.read(into, offset, most);
        drained = read < most;
        return read;
      } catch (IOException e) {
        throw failure(e, "Read timed out");
      } finally {
        end();
      }
    }

    /** Asks the system only where the last read may have left something. */
    @Override
    public int available() throws IOException {
      return end - start + (drained ? 0 : in.available());
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** Used by one thread at a time. */
  private final class Out extends OutputStream {
    private final OutputStream out;

    Out(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      begin(mostNanos);
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw failure(e, "it does not read what is sent");
      } finally {
        end();
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
