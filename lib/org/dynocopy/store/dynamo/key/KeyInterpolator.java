package org.dynocopy.store.dynamo.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds keys between two others that are alike, as sequences of symbols: code points or bytes.
 *
 * <p>Each place of a key is a digit of a number, in a base of the symbols that keys have there. So
 * the ids between {@code 00…} and {@code ff…} are divided evenly, though most bytes are in none.
 */
final class KeyInterpolator {

  /** How many places show the symbols of the first of them, which hardly changes within a page. */
  private static final int NEAR = 8;

  /** How finely a part is measured. */
  private static final long STEPS = 1000;

  private final int[] low;
  private final int[] high;
  private final List<int[]> keys = new ArrayList<>();

  /** Is to cut between two keys, the first below the second. */
  KeyInterpolator(int[] low, int[] high) {
    this.low = low;
    this.high = high;
    learn(low);
    learn(high);
  }

  /** Learns from a key what keys look like. */
  void learn(int[] key) {
    keys.add(key);
  }

  /**
   * Returns one cut less than parts, in order and as short as precision allows. Where there is no
   * room, some are the same, or the low or high key.
   */
  List<int[]> cuts(int parts) {
    int common = Arrays.mismatch(low, high);
    List<int[]> places = new ArrayList<>();
    // The high key less the low one, as numbers of so many places.
    long width = 0;
    for (int at = common; width < parts * STEPS; at++) {
      int[] place = symbols(at);
      if (place.length == 0) {
        break;
      }
      places.add(place);
      width = width * place.length + digit(high, at, place) - digit(low, at, place);
    }
    List<int[]> cuts = new ArrayList<>();
    for (int i = 1; i < parts; i++) {
      cuts.add(above(common, places, (width + 1) * i / parts));
    }
    return cuts;
  }

  /** Adds to the low key, and leaves out zeros at the end: the shorter key is above it, too. */
  private int[] above(int common, List<int[]> places, long steps) {
    int[] cut = Arrays.copyOf(low, common + places.size());
    int end = common;
    long carry = steps;
    for (int at = cut.length - 1; at >= common; at--) {
      int[] place = places.get(at - common);
      carry += digit(low, at, place);
      int digit = (int) (carry % place.length);
      carry /= place.length;
      cut[at] = place[digit];
      end = digit > 0 ? Math.max(end, at + 1) : end;
    }
    return Arrays.copyOf(cut, end);
  }

  /** A key that has ended goes on with zeros. */
  private static int digit(int[] key, int at, int[] place) {
    return at < key.length ? Arrays.binarySearch(place, key[at]) : 0;
  }

  /**
   * Returns the symbols of keys at a place and those after it, in order; where one decimal digit
   * is, all may be.
   */
  private int[] symbols(int at) {
    int[] seen =
        keys.stream()
            .filter(key -> at < key.length)
            .flatMapToInt(key -> Arrays.stream(key, at, Math.min(at + NEAR, key.length)))
            .toArray();
    boolean digits = Arrays.stream(seen).anyMatch(symbol -> '0' <= symbol && symbol <= '9');
    IntStream more = digits ? IntStream.rangeClosed('0', '9') : IntStream.empty();
    return IntStream.concat(Arrays.stream(seen), more).sorted().distinct().toArray();
  }
}
