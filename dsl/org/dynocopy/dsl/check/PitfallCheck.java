package org.dynocopy.dsl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.Statement;
import org.dynocopy.dsl.check.WordCheck.Mark;
import org.dynocopy.dsl.source.Problems;
import org.dynocopy.dsl.words.Vocabulary.Entry;

/** Finds what Groovy reads otherwise than it looks: three traps of its short syntax. */
final class PitfallCheck {

  private final RecipeTree tree;
  private final Problems problems;

  PitfallCheck(RecipeTree tree, Problems problems) {
    this.tree = tree;
    this.problems = problems;
  }

  /** Groovy reads {@code copy "name" { }} as {@code copy("name"({ }))}. */
  boolean lacksParentheses(WordCall said) {
    if (said.positional().size() != 1
        || said.word().word().block().isEmpty()
        || !(said.positional().get(0) instanceof MethodCallExpression inner)
        || !inner.isImplicitThis()
        || !tree.isQuoted(inner.getMethod())) {
      return false;
    }
    String word = said.word().name();
    String text = tree.text(inner.getMethod());
    said.call().putNodeMetaData(Mark.REPORTED, true);
    problems.add(
        tree.word(said.call()),
        "`" + word + " " + text + " { }` needs parentheses: `" + word + "(" + text + ") { }`");
    inner.putNodeMetaData(Mark.REPORTED, true);
    // The block is checked as if it were there, for its mistakes to be shown as well.
    List<Expression> meant = new ArrayList<>();
    meant.add(inner.getMethod());
    meant.addAll(((TupleExpression) inner.getArguments()).getExpressions());
    said.positional().clear();
    said.positional().addAll(meant);
    return true;
  }

  /** Groovy reads {@code from "a" to "b"} as {@code from("a").to("b")}. */
  boolean isOnTheLineOfAnother(MethodCallExpression call, Block block) {
    if (!isSaid(call.getObjectExpression(), block)) {
      return false;
    }
    call.putNodeMetaData(Mark.REPORTED, true);
    chained(call.getMethod(), call.getMethodAsString());
    return true;
  }

  /** Groovy reads {@code from "a" project} as {@code from("a").project}. */
  void checkProperty(PropertyExpression property, Block block) {
    if (isSaid(property.getObjectExpression(), block)) {
      property.putNodeMetaData(Mark.REPORTED, true);
      chained(property.getProperty(), property.getPropertyAsString());
    }
  }

  private static boolean isSaid(Expression expression, Block block) {
    if (!(expression instanceof MethodCallExpression call)) {
      return false;
    }
    boolean word =
        call.isImplicitThis()
            && !block.code()
            && call.getMethodAsString() != null
            && !call.getMethodAsString().equals("param")
            && block.vocabulary().word(call.getMethodAsString()).isPresent();
    return word
        || (call.getNodeMetaData(Mark.REPORTED) != null
            && isSaid(call.getObjectExpression(), block));
  }

  private void chained(ASTNode at, String name) {
    problems.add(tree.at(at), "`" + name + "` needs a line of its own, or a `;` before it");
  }

  /** Groovy reads {@code from: "a"} as a label and a text. */
  void checkLabels(Statement statement, Block block) {
    if (statement.getStatementLabels() == null || block.code()) {
      return;
    }
    for (String label : statement.getStatementLabels()) {
      Optional<Entry> word = block.vocabulary().word(label);
      word.ifPresent(
          entry ->
              problems.add(
                  tree.label(label, statement),
                  entry.usage().replaceFirst("takes", "has no colon: it takes")));
    }
  }
}
