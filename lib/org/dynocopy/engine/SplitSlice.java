package org.dynocopy.engine;

import java.util.Optional;
import org.dynocopy.core.Page.Position;

/**
 * A split for a reader, or what is left of it.
 *
 * @param line the split, and how far it is settled
 * @param after how far it was read; empty if it was not
 */
record SplitSlice(SplitProgress line, Optional<Position> after) {}
