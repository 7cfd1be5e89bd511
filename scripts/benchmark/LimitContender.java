package org.dynocopy.scripts.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.dynocopy.scripts.benchmark.SampleItems.bytes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The least work that the job takes: each thread reads a page from a plain socket, finds where
 * items begin and end, splices them into batches, signs and writes them, one after the other. There
 * are no queues, no mixing and no retries: what fails ends it.
 */
final class LimitContender implements Contender {

  @Override
  public void copy(Copy copy) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(copy.segments());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < copy.segments(); i++) {
        int segment = i;
        running.add(
            threads.submit(
                () -> {
                  new Loop(copy, segment).run();
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** One thread's work: a segment. */
  private static final class Loop {
    private static final byte[] ITEMS = bytes("\"Items\":[");
    private static final byte[] LAST_KEY = bytes("\"LastEvaluatedKey\":");
    private static final byte[] DONE = bytes("{\"UnprocessedItems\":{}");
    private static final byte[] PUT = bytes("{\"PutRequest\":{\"Item\":");
    private static final byte[] END = bytes("}}");
    private static final byte[] CLOSE = bytes("]}}");

    private final Copy copy;
    private final int segment;
    private final byte[] open;
    private byte[] batch = new byte[1 << 16];
    private int length;
    private int items;

    Loop(Copy copy, int segment) {
      this.copy = copy;
      this.segment = segment;
      open =
          bytes("{\"ReturnConsumedCapacity\":\"TOTAL\",\"RequestItems\":{\"" + copy.to() + "\":[");
    }

    void run() throws Exception {
      try (PlainConnection source = new PlainConnection(copy.endpoint());
          PlainConnection target = new PlainConnection(copy.endpoint())) {
        String lastKey = "";
        do {
          byte[] scan = scan(lastKey);
          source.call("Scan", scan, scan.length);
          lastKey = write(source.answer(), source.length(), target);
        } while (!lastKey.isEmpty());
      }
    }

    private byte[] scan(String lastKey) {
      String from = lastKey.isEmpty() ? "" : ",\"ExclusiveStartKey\":" + lastKey;
      return bytes(
          "{\"TableName\":\"%s\",\"ReturnConsumedCapacity\":\"TOTAL\",\"Segment\":%d,\"TotalSegments\":%d%s}"
              .formatted(copy.from(), segment, copy.segments(), from));
    }

    /** Writes a page's items; returns the key after which it goes on, or nothing. */
    private String write(byte[] page, int end, PlainConnection target) throws IOException {
      int at = find(ITEMS, page, 0, end) + ITEMS.length;
      while (page[at] == '{') {
        int to = objectEnd(page, at);
        add(page, at, to - at);
        if (items == 25) {
          send(target);
        }
        at = page[to] == ',' ? to + 1 : to;
      }
      send(target);
      int key = find(LAST_KEY, page, at, end);
      if (key < 0) {
        return "";
      }
      int from = key + LAST_KEY.length;
      return new String(page, from, objectEnd(page, from) - from, UTF_8);
    }

    private static int find(byte[] what, byte[] in, int from, int to) {
      for (int at = from; at <= to - what.length; at++) {
        int same = 0;
        while (same < what.length && in[at + same] == what[same]) {
          same++;
        }
        if (same == what.length) {
          return at;
        }
      }
      return -1;
    }

    /** Returns where the object that begins there ends. */
    private static int objectEnd(byte[] json, int from) {
      int depth = 0;
      for (int at = from; ; at++) {
        switch (json[at]) {
          case '{' -> depth++;
          case '}' -> {
            if (--depth == 0) {
              return at + 1;
            }
          }
          case '"' -> {
            at++;
            while (json[at] != '"') {
              at += json[at] == '\\' ? 2 : 1;
            }
          }
          default -> {}
        }
      }
    }

    private void add(byte[] page, int from, int bytes) {
      int most = length + bytes + open.length + 64;
      if (most > batch.length) {
        batch = Arrays.copyOf(batch, 2 * most);
      }
      if (items == 0) {
        length = 0;
        append(open, 0, open.length);
      } else {
        batch[length++] = ',';
      }
      append(PUT, 0, PUT.length);
      append(page, from, bytes);
      append(END, 0, END.length);
      items++;
    }

    private void append(byte[] what, int from, int bytes) {
      System.arraycopy(what, from, batch, length, bytes);
      length += bytes;
    }

    private void send(PlainConnection target) throws IOException {
      if (items == 0) {
        return;
      }
      append(CLOSE, 0, CLOSE.length);
      target.call("BatchWriteItem", batch, length);
      if (find(DONE, target.answer(), 0, target.length()) < 0) {
        throw new IOException("the limit has no retries: run it without --partitions");
      }
      items = 0;
    }
  }
}
