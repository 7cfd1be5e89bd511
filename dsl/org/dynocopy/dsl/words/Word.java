package org.dynocopy.dsl.words;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method as a word of the recipe language. Messages are made of it: "`segments` takes a
 * whole number, as in `segments 8`, not a String".
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Word {

  /** What the word takes, as it stands after "takes". */
  String takes();

  /** A right use of the word. */
  String example();

  /** Named arguments of which one must be said, and not more. */
  String[] oneOf() default {};

  /** How messages call the block that the word opens, if it opens one. */
  String block() default "";
}
