package org.dynocopy.scripts.benchmark;

/** A way to copy a table. */
interface Contender {

  /** Dynocopy with the SDK's HTTP client instead of its own sockets. */
  String APACHE = "dynocopy-apache";

  /** Copies; returns only when all of it is done. */
  void copy(Copy copy) throws Exception;

  /** Returns the contender of that name. */
  static Contender of(String name) {
    return switch (name) {
      case "sdk" -> new SdkContender(false);
      case "sdk-in-order" -> new SdkContender(true);
      case "dynocopy", APACHE -> new DynocopyContender();
      case "dynocopy-expression" -> new RecipeContender(RecipeContender.EXPRESSION);
      case "dynocopy-block" -> new RecipeContender(RecipeContender.BLOCK);
      case "limit" -> new LimitContender();
      default -> throw new IllegalArgumentException("there is no contender `" + name + "`");
    };
  }
}
