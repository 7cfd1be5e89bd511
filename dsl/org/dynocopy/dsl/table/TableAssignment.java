package org.dynocopy.dsl.table;

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
    if (isElement(left)) {
      BinaryExpression element = (BinaryExpression) left;
      return TableRules.elementAssignment(
          code.receiver(element.getLeftExpression()),
          code.transform(element.getRightExpression()),
          value,
          element.isSafe(),
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
    return left;
  }

  private static boolean isElement(Expression left) {
    return left instanceof BinaryExpression binary
        && binary.getOperation().getType() == Types.LEFT_SQUARE_BRACKET;
  }

  /**
   * Tells whether it is nothing that has a value of a table: a field of an object, as {@code .@}.
   */
  static boolean isGroovys(Expression left) {
    return !(left instanceof VariableExpression)
        && !isElement(left)
        && !(left instanceof PropertyExpression property
            && property.getClass() == PropertyExpression.class
            && !property.isSpreadSafe());
  }

  /** {@code left += right}. */
  Expression calculation(Expression left, String method, Expression right, Expression at) {
    Expression update = update(left, at);
    return update == null
        ? assignment(left, TableRules.calculate(method, code.transform(left), right, at), at)
        : TableRules.updated("calculate", at, update, new ConstantExpression(method), right);
  }

  /** {@code left++}, or {@code ++left}. */
  Expression step(Expression left, Token operation, Expression at, boolean prefix) {
    if (isGroovys(left)) {
      return at;
    }
    Expression step =
        new ConstantExpression(operation.getType() == Types.PLUS_PLUS ? "next" : "previous");
    Expression update = update(left, at);
    if (update != null) {
      return TableRules.updated(prefix ? "before" : "after", at, update, step);
    }
    Expression next = assignment(left, TableRules.step(code.transform(left), step, at), at);
    return prefix ? next : TableRules.updated("first", at, code.transform(left), next);
  }

  /** Begins an update of an element or an attribute; null of a variable. */
  private Expression update(Expression left, Expression at) {
    if (isElement(left)) {
      BinaryExpression element = (BinaryExpression) left;
      return TableRules.update(
          code.receiver(element.getLeftExpression()),
          code.transform(element.getRightExpression()),
          element.isSafe(),
          at);
    }
    return left instanceof PropertyExpression property && ofValue(property)
        ? TableRules.updateOfProperty(
            code.receiver(property.getObjectExpression()),
            code.transform(property.getProperty()),
            property.isSafe(),
            at)
        : null;
  }
}
