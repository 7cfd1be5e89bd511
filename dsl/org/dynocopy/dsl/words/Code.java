package org.dynocopy.dsl.words;

import java.util.List;
import java.util.Set;

/**
 * A part of a recipe's code, a closure, a method or a class: what two runs have to have in common
 * to decide the same.
 *
 * @param text its tokens, without comments and white space
 * @param names the names and the texts in it: what it uses of the recipe is among them
 * @param madeNames whether it also calls methods, or reads params, by names that it makes
 * @param variables the environment variables that it reads by their names
 * @param properties the system properties that it reads by their names
 * @param unknown what else it uses that may be something else in another run
 */
public record Code(
    String text,
    Set<String> names,
    boolean madeNames,
    Set<String> variables,
    Set<String> properties,
    List<String> unknown) {

  /** Copies the collections. */
  public Code {
    names = Set.copyOf(names);
    variables = Set.copyOf(variables);
    properties = Set.copyOf(properties);
    unknown = List.copyOf(unknown);
  }
}
