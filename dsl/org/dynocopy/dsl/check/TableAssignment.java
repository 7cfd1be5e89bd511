package org.dynocopy.dsl.check;

import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;

/** What {@link TableCode} does with assignments: their left sides stay, and what they calculate. */
final class TableAssignment {

  private final TableCode code;

  TableAssignment(TableCode code) {
    this.code = code;
  }

  Expression assignment(Expression left, Expression value, Expression at) {
    if (left instanceof PropertyExpression property && ofValue(property)) {
      return TableRules.assignment(
          code.receiver(property.getObjectExpression()),
          code.transform(property.getProperty()),
          value,
          property.isSafe(),
          at);
    }
    Token equals = Token.newSymbol(Types.EQUAL, at.getLineNumber(), at.getColumnNumber());
    return TableCode.copied(new BinaryExpression(target(left), equals, assigned(left, value)), at);
  }

  /** A dot is the attribute of a map, whatever its name; a recipe's own objects have fields. */
  private static boolean ofValue(PropertyExpression property) {
    Expression object = property.getObjectExpression();
    boolean own =
        object instanceof ClassExpression
            || (object instanceof VariableExpression variable
                && (variable.isThisExpression() || variable.isSuperExpression()));
    return !own && property.getClass() == PropertyExpression.class && !property.isSpreadSafe();
  }

  /** A variable of a type of whole numbers would cut off what it cannot hold. */
  static Expression assigned(Expression left, Expression value) {
    return left instanceof VariableExpression variable
        ? TableRules.exact(value, variable.getOriginType())
        : value;
  }

  /** What is assigned to stays as Groovy has it; what it is a part of is read as ever. */
  Expression target(Expression left) {
    if (left instanceof PropertyExpression property
        && property.getClass() == PropertyExpression.class) {
      PropertyExpression done =
          new PropertyExpression(
              code.receiver(property.getObjectExpression()),
              code.transform(property.getProperty()),
              property.isSafe());
      done.setSpreadSafe(property.isSpreadSafe());
      done.setImplicitThis(property.isImplicitThis());
      return TableCode.copied(done, left);
    }
    if (left instanceof BinaryExpression binary
        && binary.getOperation().getType() == Types.LEFT_SQUARE_BRACKET) {
      BinaryExpression done =
          new BinaryExpression(
              code.receiver(binary.getLeftExpression()),
              binary.getOperation(),
              code.transform(binary.getRightExpression()));
      done.setSafe(binary.isSafe());
      return TableCode.copied(done, left);
    }
    return left;
  }

  /** Tells whether an expression may be evaluated twice. */
  static boolean isPlain(Expression expression) {
    if (expression instanceof PropertyExpression property) {
      return isPlain(property.getObjectExpression()) && isPlain(property.getProperty());
    }
    if (expression instanceof BinaryExpression binary) {
      return binary.getOperation().getType() == Types.LEFT_SQUARE_BRACKET
          && isPlain(binary.getLeftExpression())
          && isPlain(binary.getRightExpression());
    }
    return expression instanceof VariableExpression || expression instanceof ConstantExpression;
  }

  /** {@code n++} is {@code (n = n + 1) - 1}, as a value. */
  Expression step(Expression of, Token operation, Expression at, boolean prefix) {
    if (!(of instanceof VariableExpression)) {
      return at;
    }
    boolean up = operation.getType() == Types.PLUS_PLUS;
    Expression one = new ConstantExpression(1, true);
    int there = up ? Types.PLUS : Types.MINUS;
    int back = up ? Types.MINUS : Types.PLUS;
    Expression next = assignment(of, TableRules.operator(there, code.transform(of), one, at), at);
    return prefix ? next : TableRules.operator(back, next, one, at);
  }
}
