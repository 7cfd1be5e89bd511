package org.dynocopy.scripts.benchmark;

import java.nio.charset.StandardCharsets;

/**
 * The items that are copied: about 400 bytes of JSON each, alike but for their ids. An item's
 * number is its place in the order of the partition key's hash, which is that of a scan.
 */
final class SampleItems {

  /** Stands before an item's number, in answers and in requests. */
  static final byte[] KEY = bytes("{\"S\":\"item-");

  private static final int DIGITS = 12;

  private static final byte[] ITEM =
      bytes(
          "{\"id\":{\"S\":\"item-000000000000\"},\"tenant\":{\"S\":\"t-1042\"},"
              + "\"createdAt\":{\"S\":\"2026-11-22T10:15:30.123Z\"},"
              + "\"name\":{\"S\":\"Łucja O'Brien\"},\"email\":{\"S\":\"l.obrien@example.com\"},"
              + "\"balance\":{\"N\":\"-99999.25\"},\"active\":{\"BOOL\":true},"
              + "\"tags\":{\"SS\":[\"all\",\"beta\"]},\"avatar\":{\"B\":\"q83vASNFZ4mrze8=\"},"
              + "\"profile\":{\"M\":{\"bio\":{\"S\":\"Likes \\\"quotes\\\" and {braces}\"},"
              + "\"place\":{\"L\":[{\"N\":\"48.85\"},{\"N\":\"2.35\"}]}}},"
              + "\"deletedAt\":{\"NULL\":true}}");

  private static final int NUMBER_AT = "{\"id\":{\"S\":\"item-".length();

  private SampleItems() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** How many bytes of JSON an item has. */
  static int length() {
    return ITEM.length;
  }

  /** Writes an item and returns where it ends. */
  static int write(long number, byte[] into, int at) {
    System.arraycopy(ITEM, 0, into, at, ITEM.length);
    long left = number;
    for (int i = NUMBER_AT + DIGITS - 1; left > 0; i--) {
      into[at + i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    return at + ITEM.length;
  }

  /** Returns an item's JSON. */
  static String json(long number) {
    byte[] item = new byte[ITEM.length];
    write(number, item, 0);
    return new String(item, StandardCharsets.UTF_8);
  }

  /** Returns an item's id. */
  static String id(long number) {
    return "item-%012d".formatted(number);
  }

  /** Returns where the next {@link #KEY} ends, or -1. */
  static int findKey(byte[] in, int from, int to) {
    for (int at = from; at <= to - KEY.length - DIGITS; at++) {
      if (in[at] == '{' && matches(in, at)) {
        return at + KEY.length;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] in, int at) {
    for (int i = 1; i < KEY.length; i++) {
      if (in[at + i] != KEY[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads the number that stands there. */
  static long number(byte[] in, int at) {
    long number = 0;
    for (int i = 0; i < DIGITS; i++) {
      number = number * 10 + in[at + i] - '0';
    }
    return number;
  }
}
