package org.dynocopy.engine;

import java.util.Arrays;

/**
 * Notices that the positions of a split come back to one that was there before: a server that
 * answers so would be read for ever. It keeps one position of all (Brent's algorithm), and notices
 * a circle within three times its way.
 */
final class Circle {

  private byte[] mark = {};
  private long steps;
  private long most = 1;

  /** Takes the next position, and tells whether it is one that was there before. */
  boolean closes(byte[] position) {
    if (steps > 0 && Arrays.equals(mark, position)) {
      return true;
    }
    if (steps == 0 || steps == most) {
      mark = position;
      most *= 2;
      steps = 0;
    }
    steps++;
    return false;
  }
}
