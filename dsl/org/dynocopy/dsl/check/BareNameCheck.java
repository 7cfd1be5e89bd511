package org.dynocopy.dsl.check;

import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.dynocopy.dsl.check.WordCheck.Mark;
import org.dynocopy.dsl.source.Problems;
import org.dynocopy.dsl.words.Vocabulary.Entry;

/** Checks names that stand alone: undefined variables, and words without their arguments. */
final class BareNameCheck {

  /** Names that every closure knows. */
  static final Set<String> KNOWN = Set.of("it", "owner", "delegate", "thisObject", "this", "super");

  private final RecipeTree tree;
  private final Problems problems;

  BareNameCheck(RecipeTree tree, Problems problems) {
    this.tree = tree;
    this.problems = problems;
  }

  void checkAssignment(VariableExpression variable, Block block) {
    // In a closure given to a call it may be a property of what the call puts behind the closure.
    if (!isUndefined(variable) || block.nested() > 0) {
      return;
    }
    String name = variable.getName();
    Optional<Entry> word = word(name, block);
    String message =
        word.isPresent()
            ? word.get().usage() + "; it is not a variable"
            : "unknown variable `" + name + "`: a new one begins with `def " + name + " = `";
    report(variable, message);
  }

  void check(VariableExpression variable, Block block) {
    if (!isUndefined(variable) || variable.getNodeMetaData(Mark.REPORTED) != null) {
      return;
    }
    String name = variable.getName();
    Optional<Entry> word = word(name, block);
    if (word.isPresent()) {
      report(variable, word.get().bare());
    } else if (block.nested() == 0) {
      report(variable, tree.unknown(name));
    } else {
      // The type checker knows what the closures around may refer to.
      variable.putNodeMetaData(Mark.BLOCK, block);
    }
  }

  private static Optional<Entry> word(String name, Block block) {
    return block.code() ? Optional.empty() : block.vocabulary().word(name);
  }

  private boolean isUndefined(VariableExpression variable) {
    return variable.getAccessedVariable() instanceof DynamicVariable
        && !KNOWN.contains(variable.getName())
        && !tree.isField(variable.getName());
  }

  private void report(VariableExpression variable, String message) {
    variable.putNodeMetaData(Mark.REPORTED, true);
    problems.add(tree.at(variable), message);
  }
}
