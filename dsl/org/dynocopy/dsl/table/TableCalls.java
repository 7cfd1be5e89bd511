package org.dynocopy.dsl.table;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.dynocopy.dsl.values.Calls;
import org.dynocopy.dsl.values.Comparison;
import org.dynocopy.dsl.values.Data;
import org.dynocopy.dsl.values.Numbers;
import org.dynocopy.dsl.values.Orders;

/** Which methods of a recipe follow the rules of tables, and by which call. */
final class TableCalls {

  /** What {@code Collections} does with the order of values. */
  private static final Set<String> ORDERS = Set.of("max", "min", "sort");

  /** What {@code Collections} looks for, by the method of a collection that does it. */
  private static final Map<String, String> LOOKUPS =
      Map.of("frequency", "count", "disjoint", "disjoint");

  private static final Set<String> EQUALS = Set.of("java.util.Objects", "java.util.Arrays");

  private static final Set<String> MATH_OF_ONE =
      Set.of("abs", "signum", "floor", "ceil", "rint", "round");
  private static final Set<String> MATH_OF_TWO = Set.of("max", "min", "pow");

  /** Tells whether a function of {@code Math} has all digits, here or in Java. */
  static boolean isExact(String function) {
    return MATH_OF_ONE.contains(function)
        || MATH_OF_TWO.contains(function)
        || function.endsWith("Exact")
        || function.matches("(floor|ceil)(Div|Mod)|clamp|random");
  }

  /** What these return is an element of what they are called on: it need not be looked through. */
  private static final Set<String> ELEMENTS =
      Set.of(
          "first",
          "last",
          "head",
          "find",
          "max",
          "min",
          "each",
          "eachWithIndex",
          "keySet",
          "values",
          "entrySet",
          "getKey",
          "getValue",
          "any",
          "every",
          "put",
          "add");

  private TableCalls() {}

  /** Returns what a call gives, by the rules of tables, its parts being done already. */
  static Expression call(MethodCallExpression call) {
    String name = call.getMethodAsString();
    if (call.getObjectExpression() instanceof ClassExpression type) {
      return ofClass(type.getType().getName(), name, call);
    }
    boolean plain = name != null && !call.isImplicitThis();
    List<Expression> arguments = arguments(call.getArguments());
    if (plain && arguments != null && !isOwn(call) && does(name, arguments)) {
      Expression receiver = call.getObjectExpression();
      Expression method = new ConstantExpression(name);
      Expression given = TableRules.array(arguments);
      return call.isSpreadSafe()
          ? TableRules.call(Calls.class, "callEach", call, receiver, method, given)
          : TableRules.call(
              Calls.class,
              "call",
              call,
              receiver,
              method,
              TableRules.constant(call.isSafe()),
              given);
    }
    return name != null && ELEMENTS.contains(name)
        ? TableRules.call(Data.class, "element", call, call)
        : TableRules.value(call);
  }

  private static boolean does(String method, List<Expression> arguments) {
    boolean block = arguments.stream().anyMatch(ClosureExpression.class::isInstance);
    return Calls.does(method, arguments.size(), block);
  }

  private static boolean isOwn(MethodCallExpression call) {
    return call.getObjectExpression() instanceof VariableExpression receiver
        && (receiver.isThisExpression() || receiver.isSuperExpression());
  }

  /** Returns what a static method gives. */
  static Expression ofClass(String type, String method, Expression call) {
    List<Expression> arguments =
        arguments(
            call instanceof MethodCallExpression one
                ? one.getArguments()
                : ((StaticMethodCallExpression) call).getArguments());
    int count = arguments == null ? -1 : arguments.size();
    boolean math = type.equals("java.lang.Math") || type.equals("java.lang.StrictMath");
    Expression name = new ConstantExpression(method);
    if (math && count == 1 && MATH_OF_ONE.contains(method)) {
      return TableRules.call(Numbers.class, "math", call, name, arguments.get(0));
    }
    if (math && count == 2 && MATH_OF_TWO.contains(method)) {
      return TableRules.call(Numbers.class, "math", call, name, arguments.get(0), arguments.get(1));
    }
    boolean whole = type.equals("java.lang.Integer") || type.equals("java.lang.Long");
    if (whole && count == 2 && "sum".equals(method)) {
      return TableRules.call(Numbers.class, "plus", call, arguments.get(0), arguments.get(1));
    }
    if (whole && count == 2 && Set.of("max", "min").contains(method)) {
      return TableRules.call(Numbers.class, "math", call, name, arguments.get(0), arguments.get(1));
    }
    if (type.equals("java.util.Collections") && count == 1 && ORDERS.contains(method)) {
      return TableRules.call(Orders.class, "collections", call, name, arguments.get(0));
    }
    if (type.equals("java.util.Collections") && count == 2 && LOOKUPS.containsKey(method)) {
      Expression lookup = new ConstantExpression(LOOKUPS.get(method));
      Expression wanted = TableRules.array(arguments.subList(1, 2));
      Expression plain = TableRules.constant(false);
      return TableRules.call(Calls.class, "call", call, arguments.get(0), lookup, plain, wanted);
    }
    return EQUALS.contains(type) && Set.of("equals", "deepEquals").contains(method) && count == 2
        ? TableRules.call(Comparison.class, "equal", call, arguments.get(0), arguments.get(1))
        : TableRules.value(call);
  }

  /** Returns what a constructor makes. */
  static Expression made(ConstructorCallExpression made) {
    List<Expression> arguments = arguments(made.getArguments());
    String type = made.getType().getName();
    if (!Set.of("java.util.TreeSet", "java.util.TreeMap").contains(type)
        || arguments == null
        || arguments.size() > 1) {
      return TableRules.value(made);
    }
    Expression name = new ConstantExpression(made.getType().getNameWithoutPackage());
    return arguments.isEmpty()
        ? TableRules.call(Orders.class, "tree", made, name)
        : TableRules.call(Orders.class, "tree", made, name, arguments.get(0));
  }

  /** Returns the arguments, or null where their number or names are not plain. */
  private static List<Expression> arguments(Expression arguments) {
    if (!(arguments instanceof TupleExpression tuple)) {
      return null;
    }
    for (Expression one : tuple.getExpressions()) {
      if (one instanceof SpreadExpression
          || (one instanceof MapExpression && !(arguments instanceof ArgumentListExpression))) {
        return null;
      }
    }
    return tuple.getExpressions();
  }
}
