package org.dynocopy.dsl.basis;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.syntax.Types;

/** The environment variables and system properties that code reads by names written there. */
final class NamedReads {

  private final Set<String> variables = new LinkedHashSet<>();
  private final Set<String> properties = new LinkedHashSet<>();

  Set<String> variables() {
    return variables;
  }

  Set<String> properties() {
    return properties;
  }

  /** Notes an environment variable or a system property that is read by a name written there. */
  boolean note(Expression expression) {
    if (expression instanceof MethodCallExpression call) {
      List<Expression> arguments = OutsideScan.arguments(call.getArguments());
      if (call.getObjectExpression() instanceof ClassExpression type) {
        return note(type.getType(), call.getMethodAsString(), arguments);
      }
      return "get".equals(call.getMethodAsString())
          && arguments.size() == 1
          && readOf(call.getObjectExpression(), arguments.get(0));
    }
    if (expression instanceof PropertyExpression property) {
      return readOf(property.getObjectExpression(), property.getProperty());
    }
    return expression instanceof BinaryExpression index
        && index.getOperation().getType() == Types.LEFT_SQUARE_BRACKET
        && readOf(index.getLeftExpression(), index.getRightExpression());
  }

  /** Does the same for a call of a static method. */
  boolean note(ClassNode type, String method, List<Expression> arguments) {
    if (arguments.isEmpty() || method == null) {
      return false;
    }
    String call = type.getNameWithoutPackage() + "." + method;
    return switch (call) {
      case "System.getenv" -> add(variables, arguments.get(0));
      case "System.getProperty", "Boolean.getBoolean", "Integer.getInteger", "Long.getLong" ->
          add(properties, arguments.get(0));
      default -> false;
    };
  }

  private boolean readOf(Expression map, Expression name) {
    if (!(map instanceof PropertyExpression || map instanceof MethodCallExpression)) {
      return false;
    }
    return switch (map.getText().replaceFirst("^java\\.lang\\.", "")) {
      case "System.env", "System.getenv()" -> add(variables, name);
      case "System.properties", "System.getProperties()" -> add(properties, name);
      default -> false;
    };
  }

  private static boolean add(Set<String> names, Expression name) {
    return name instanceof ConstantExpression constant && names.add(constant.getText())
        || name instanceof ConstantExpression;
  }
}
