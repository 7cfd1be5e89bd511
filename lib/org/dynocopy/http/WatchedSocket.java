package org.dynocopy.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket that another thread looks at, see {@link SocketWatch}: it is closed where its own waits
 * for too long. A blocking write knows no limit of time by itself, and a read with one (SO_TIMEOUT)
 * takes three system calls in place of one.
 *
 * <p>A request and its response take as long together as one may wait for the next bytes, and a
 * second more for each 8 KB that come or go; at most ten times as long. So a response of 1 MB may
 * take three minutes, and what comes byte by byte ends after one, as what does not come at all.
 *
 * <p>It reads ahead, since TLS asks for the five bytes before each record on their own.
 */
final class WatchedSocket extends Socket {

  private static final long NANOS_A_BYTE = 1_000_000_000 / (8 << 10);
  private static final int LONGEST = 10;

  /** What the JDK writes at once, and so for nothing. */
  private static final int MOST_WRITTEN = 128 << 10;

  private final long mostNanos;
  private ReadingAhead in;

  /** When to end what its thread waits for, by {@link System#nanoTime}; 0 while it does not. */
  private volatile long until;

  private volatile boolean brokenOff;

  /** When the exchange began, by {@link System#nanoTime}. */
  private long began;

  /** How many bytes it has had so far. */
  private long exchanged;

  /** Whether the exchange ends sooner than one may wait for the next bytes. */
  private boolean slow;

  /**
   * Makes a socket that is not connected.
   *
   * @param most how long to wait for the next bytes, or until some of what is written are taken;
   *     and for the whole exchange, if it has few
   */
  WatchedSocket(Duration most) {
    this.mostNanos = most.toNanos();
  }

  /** Returns how long an exchange may take, however much comes. */
  static Duration longest(Duration most) {
    return most.multipliedBy(LONGEST);
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

  /** Says that a request and its response begin, or the exchange of keys for TLS. */
  void beginExchange() {
    began = System.nanoTime();
    exchanged = 0;
  }

  /** Leaves time out of the exchange that was not spent on it. */
  void extendExchange(long nanos) {
    began += nanos;
  }

  /** Waits for the next bytes, while there is time. */
  private void beginBytes() throws IOException {
    long now = System.nanoTime();
    long left = Math.min(mostNanos + exchanged * NANOS_A_BYTE, LONGEST * mostNanos) - (now - began);
    slow = left < mostNanos;
    if (left < 0) {
      throw tooSlow();
    }
    until = now + Math.min(mostNanos, left) | 1;
  }

  private void end() {
    until = 0;
  }

  /** Returns what a failure means. */
  private IOException failure(IOException e, String late) {
    return !brokenOff ? e : slow ? tooSlow() : new SocketTimeoutException(late);
  }

  private IOException tooSlow() {
    long seconds = (System.nanoTime() - began) / 1_000_000_000;
    return new SocketTimeoutException(
        "it is too slow: %,d bytes in %,d s".formatted(exchanged, seconds));
  }

  /** Waits so long for a connection. */
  void connect(SocketAddress to, Duration most) throws IOException {
    until = System.nanoTime() + most.toNanos() | 1;
    try {
      connect(to);
    } catch (IOException e) {
      throw brokenOff ? new ConnectException("Connect timed out") : e;
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
      beginBytes();
      try {
        int read = in.read(into, offset, most);
        exchanged += Math.max(read, 0);
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
      for (int done = 0; done < length; done += MOST_WRITTEN) {
        writeSome(bytes, offset + done, Math.min(MOST_WRITTEN, length - done));
      }
    }

    private void writeSome(byte[] bytes, int offset, int length) throws IOException {
      beginBytes();
      try {
        out.write(bytes, offset, length);
        exchanged += length;
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
