package org.dynocopy.dsl.check;

import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.dynocopy.dsl.words.CopyWords;
import org.dynocopy.dsl.words.RecipeScript;
import org.dynocopy.dsl.words.Vocabulary;

/**
 * Where a call stands in a recipe: in which block of words, and in which ordinary closures there.
 *
 * @param scope the class with the block's words
 * @param name what messages call the block; empty for the top level
 * @param nested how many closures stand around, up to the block
 * @param around the calls that these closures are given to
 * @param loose whether one of them is neither given to a call nor the value of a variable: whoever
 *     takes it may say what its names mean
 * @param code whether it is the body of a filter, where no words are known
 */
record Block(
    Class<?> scope,
    String name,
    int nested,
    List<MethodCallExpression> around,
    boolean loose,
    boolean code) {

  static final Block TOP = new Block(RecipeScript.class, "");

  /** Makes a block of words. */
  Block(Class<?> scope, String name) {
    this(scope, name, 0, List.of(), false, false);
  }

  /** Returns the place in an ordinary closure, which may be given to a call. */
  Block closure(MethodCallExpression givenTo) {
    List<MethodCallExpression> calls = new ArrayList<>(around);
    calls.add(givenTo);
    return new Block(scope, name, nested + 1, calls, loose, code);
  }

  /** Returns the place in a closure that is no call's; a variable has it, or who knows what. */
  Block closure(boolean inVariable) {
    return new Block(scope, name, nested + 1, around, loose || !inVariable, code);
  }

  /** Returns the place in the body of a filter. */
  static Block filter() {
    return new Block(CopyWords.class, "filter { }", 0, List.of(), false, true);
  }

  Vocabulary vocabulary() {
    return Vocabulary.of(scope);
  }
}
