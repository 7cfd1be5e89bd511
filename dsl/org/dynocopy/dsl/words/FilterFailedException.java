package org.dynocopy.dsl.words;

/** Says that a recipe's filter failed on an item, and at which line of the recipe. */
public final class FilterFailedException extends Exception {

  FilterFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
