package org.dynocopy.dsl.table;

import java.util.List;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ExpressionTransformer;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.CaseStatement;
import org.codehaus.groovy.syntax.Types;

/**
 * What {@link TableCode} does with the cases of a {@code switch}: the last one gets the others, to
 * fail where none of them has the type of the value.
 */
final class TableSwitch {

  /** Classes whose methods make values, without a change of anything. */
  private static final String OF_VALUES =
      "java\\.(time|math)\\..*|java\\.util\\.(List|Set|Map|UUID|Arrays)|java\\.lang\\.[A-Z]\\w*";

  private TableSwitch() {}

  /** Returns what the cases compare with, before it is done. */
  static List<Expression> values(List<CaseStatement> cases) {
    return cases.stream().map(CaseStatement::getExpression).toList();
  }

  static void compare(
      List<CaseStatement> cases, List<Expression> values, ExpressionTransformer code) {
    boolean known = values.stream().allMatch(TableSwitch::isPlain);
    for (int i = 0; i < cases.size(); i++) {
      Expression value = cases.get(i).getExpression();
      List<Expression> others = values.subList(0, i);
      cases
          .get(i)
          .setExpression(
              known && i == cases.size() - 1
                  ? TableRules.lastCase(value, others.stream().map(code::transform).toList())
                  : TableRules.asCase(value));
    }
  }

  /** Tells whether an expression is a value that can be evaluated twice. */
  private static boolean isPlain(Expression value) {
    if (value instanceof ListExpression list) {
      return list.getExpressions().stream().allMatch(TableSwitch::isPlain);
    }
    if (value instanceof RangeExpression range) {
      return isPlain(range.getFrom()) && isPlain(range.getTo());
    }
    if (value instanceof BinaryExpression both && !(value instanceof DeclarationExpression)) {
      return !both.getOperation().isA(Types.ASSIGNMENT_OPERATOR)
          && isPlain(both.getLeftExpression())
          && isPlain(both.getRightExpression());
    }
    if (value instanceof CastExpression cast) {
      return isPlain(cast.getExpression());
    }
    if (value instanceof UnaryMinusExpression minus) {
      return isPlain(minus.getExpression());
    }
    if (value instanceof MapExpression map) {
      return map.getMapEntryExpressions().stream()
          .allMatch(one -> isPlain(one.getKeyExpression()) && isPlain(one.getValueExpression()));
    }
    if (value instanceof GStringExpression template) {
      return template.getValues().stream().allMatch(TableSwitch::isPlain);
    }
    if (value instanceof PropertyExpression property) {
      return isClass(property.getObjectExpression()) || isPlain(property.getObjectExpression());
    }
    if (value instanceof MethodCallExpression call) {
      return isClass(call.getObjectExpression())
          && call.getObjectExpression().getType().getName().matches(OF_VALUES)
          && call.getArguments() instanceof TupleExpression arguments
          && arguments.getExpressions().stream().allMatch(TableSwitch::isPlain);
    }
    return value instanceof ConstantExpression || value instanceof VariableExpression;
  }

  private static boolean isClass(Expression expression) {
    return expression instanceof ClassExpression;
  }
}
