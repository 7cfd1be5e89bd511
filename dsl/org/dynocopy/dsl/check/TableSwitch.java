package org.dynocopy.dsl.check;

import java.util.List;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ExpressionTransformer;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.CaseStatement;

/**
 * What {@link TableCode} does with the cases of a {@code switch}: the last one gets the others, to
 * fail where none of them has the type of the value.
 */
final class TableSwitch {

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
    if (value instanceof CastExpression cast) {
      return isPlain(cast.getExpression());
    }
    return value instanceof ConstantExpression || value instanceof VariableExpression;
  }
}
