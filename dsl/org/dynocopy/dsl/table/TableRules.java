package org.dynocopy.dsl.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.Variable;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ExpressionTransformer;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;
import org.dynocopy.dsl.values.Calls;
import org.dynocopy.dsl.values.Comparison;
import org.dynocopy.dsl.values.Data;
import org.dynocopy.dsl.values.Dot;
import org.dynocopy.dsl.values.Lookup;
import org.dynocopy.dsl.values.Numbers;
import org.dynocopy.dsl.values.Reference;
import org.dynocopy.dsl.values.Update;

/**
 * Which operators, methods and values of a recipe follow the rules of tables, and by which call.
 */
final class TableRules {

  private record Rule(Class<?> type, String method) {}

  private static final Map<Integer, Rule> OPERATORS =
      Map.ofEntries(
          Map.entry(Types.COMPARE_EQUAL, new Rule(Comparison.class, "equal")),
          Map.entry(Types.COMPARE_NOT_EQUAL, new Rule(Comparison.class, "unequal")),
          Map.entry(Types.COMPARE_LESS_THAN, new Rule(Comparison.class, "less")),
          Map.entry(Types.COMPARE_LESS_THAN_EQUAL, new Rule(Comparison.class, "lessOrEqual")),
          Map.entry(Types.COMPARE_GREATER_THAN, new Rule(Comparison.class, "greater")),
          Map.entry(Types.COMPARE_GREATER_THAN_EQUAL, new Rule(Comparison.class, "greaterOrEqual")),
          Map.entry(Types.COMPARE_TO, new Rule(Comparison.class, "compare")),
          Map.entry(Types.KEYWORD_IN, new Rule(Lookup.class, "in")),
          Map.entry(Types.COMPARE_NOT_IN, new Rule(Lookup.class, "notIn")),
          Map.entry(Types.PLUS, new Rule(Numbers.class, "plus")),
          Map.entry(Types.MINUS, new Rule(Numbers.class, "minus")),
          Map.entry(Types.MULTIPLY, new Rule(Numbers.class, "multiply")),
          Map.entry(Types.DIVIDE, new Rule(Numbers.class, "div")),
          Map.entry(Types.REMAINDER, new Rule(Numbers.class, "remainder")),
          Map.entry(Types.MOD, new Rule(Numbers.class, "remainder")),
          Map.entry(Types.INTDIV, new Rule(Numbers.class, "intdiv")),
          Map.entry(Types.POWER, new Rule(Numbers.class, "power")),
          Map.entry(Types.BITWISE_AND, new Rule(Numbers.class, "and")),
          Map.entry(Types.LEFT_SHIFT, new Rule(Numbers.class, "leftShift")),
          Map.entry(Types.RIGHT_SHIFT, new Rule(Numbers.class, "rightShift")));

  /** Assignments that calculate, by the operator they calculate with. */
  private static final Map<Integer, Integer> ASSIGNMENTS =
      Map.of(
          Types.PLUS_EQUAL, Types.PLUS,
          Types.MINUS_EQUAL, Types.MINUS,
          Types.MULTIPLY_EQUAL, Types.MULTIPLY,
          Types.DIVIDE_EQUAL, Types.DIVIDE,
          Types.REMAINDER_EQUAL, Types.REMAINDER,
          Types.MOD_EQUAL, Types.MOD,
          Types.INTDIV_EQUAL, Types.INTDIV,
          Types.POWER_EQUAL, Types.POWER,
          Types.LEFT_SHIFT_EQUAL, Types.LEFT_SHIFT,
          Types.RIGHT_SHIFT_EQUAL, Types.RIGHT_SHIFT);

  /** Assignments that Groovy's own operators are right for, by the method of each. */
  private static final Map<Integer, String> BITWISE_ASSIGNMENTS =
      Map.of(
          Types.BITWISE_OR_EQUAL, "or",
          Types.BITWISE_AND_EQUAL, "and",
          Types.BITWISE_XOR_EQUAL, "xor");

  private TableRules() {}

  /** Returns the call that stands for an operator, or null where Groovy's own is right. */
  static Expression operator(int type, Expression left, Expression right, Expression at) {
    boolean inClass = type == Types.KEYWORD_IN || type == Types.COMPARE_NOT_IN;
    Rule rule = OPERATORS.get(type);
    return rule == null || (inClass && right instanceof ClassExpression)
        ? null
        : call(rule.type(), rule.method(), at, left, right);
  }

  /** Returns the method of an assignment that calculates, or null of any other. */
  static String calculation(int assignment) {
    Integer operator = ASSIGNMENTS.get(assignment);
    return operator == null
        ? BITWISE_ASSIGNMENTS.get(assignment)
        : OPERATORS.get(operator).method();
  }

  /** Returns what a method of an assignment that calculates gives. */
  static Expression calculate(String method, Expression left, Expression right, Expression at) {
    return BITWISE_ASSIGNMENTS.containsValue(method)
        ? call(Calls.class, "calculate", at, new ConstantExpression(method), left, right)
        : call(Numbers.class, method, at, left, right);
  }

  /** Returns an expression that begins to update {@code values[index]}. */
  static Expression update(Expression values, Expression index, boolean safe, Expression at) {
    return call(Update.class, "element", at, values, index, constant(safe));
  }

  /** Returns an expression that begins to update {@code value.name}. */
  static Expression updateOfProperty(
      Expression value, Expression name, boolean safe, Expression at) {
    return call(Update.class, "property", at, value, name, constant(safe));
  }

  /** Returns an expression that ends an update: by {@code calculate}, {@code before} or so. */
  static Expression updated(String how, Expression at, Expression... parts) {
    return call(Update.class, how, at, parts);
  }

  static Expression step(Expression value, Expression step, Expression at) {
    return call(Numbers.class, "step", at, value, step);
  }

  /** Returns the value of an expression in its one representation. */
  static Expression value(Expression value) {
    return call(Data.class, "of", value, value);
  }

  static Expression reference(Expression method) {
    return call(Reference.class, "of", method, method);
  }

  static Expression text(Expression template) {
    return call(Data.class, "text", template, template);
  }

  static Expression asCase(Expression value) {
    return value instanceof ClassExpression ? value : call(Lookup.class, "asCase", value, value);
  }

  static Expression lastCase(Expression value, List<Expression> others) {
    return call(Lookup.class, "lastCase", value, value, array(others));
  }

  static Expression negative(Expression value, Expression at) {
    return call(Numbers.class, "negative", at, value);
  }

  static Expression range(
      Expression from, Expression to, boolean left, boolean right, Expression at) {
    return call(Lookup.class, "range", at, from, to, constant(left), constant(right));
  }

  static Expression element(Expression values, Expression index, boolean safe, Expression at) {
    return call(Lookup.class, "at", at, values, index, constant(safe));
  }

  static Expression elementAssignment(
      Expression values, Expression index, Expression value, boolean safe, Expression at) {
    return call(Lookup.class, "put", at, values, index, value, constant(safe));
  }

  static Expression property(
      Expression value, Expression name, boolean safe, boolean spread, Expression at) {
    return spread
        ? call(Dot.class, "spread", at, value, name)
        : call(Dot.class, "get", at, value, name, constant(safe));
  }

  static Expression assignment(
      Expression object, Expression name, Expression value, boolean safe, Expression at) {
    return call(Dot.class, "set", at, object, name, value, constant(safe));
  }

  /** Returns a value that must fit the type, where that is one of whole numbers. */
  static Expression exact(Expression value, ClassNode type) {
    return isWhole(type)
        ? call(Numbers.class, "exact", value, value, new ClassExpression(type))
        : value;
  }

  static boolean isWhole(ClassNode type) {
    ClassNode primitive = ClassHelper.getUnwrapper(type);
    return primitive.equals(ClassHelper.int_TYPE)
        || primitive.equals(ClassHelper.long_TYPE)
        || primitive.equals(ClassHelper.short_TYPE)
        || primitive.equals(ClassHelper.byte_TYPE);
  }

  /** Tells whether a variable may have a value that no expression of the recipe gave it. */
  static boolean isForeign(VariableExpression variable) {
    Variable accessed = variable.getAccessedVariable();
    if (variable.isThisExpression() || variable.isSuperExpression() || accessed == null) {
      return false;
    }
    ClassNode type = accessed.getOriginType();
    boolean number =
        ClassHelper.isPrimitiveType(type)
            || (type.redirect().isResolved() && Number.class.isAssignableFrom(type.getTypeClass()));
    return number || accessed instanceof Parameter || accessed instanceof DynamicVariable;
  }

  static Expression array(List<Expression> elements) {
    return new ArrayExpression(ClassHelper.OBJECT_TYPE, new ArrayList<>(elements));
  }

  static Expression constant(boolean value) {
    return new ConstantExpression(value, true);
  }

  /** Returns a call of a static method, which is not looked up when it runs. */
  static Expression call(Class<?> type, String name, Expression at, Expression... values) {
    ClassNode owner = ClassHelper.make(type);
    MethodNode target =
        owner.getMethods(name).stream()
            .filter(MethodNode::isStatic)
            .filter(MethodNode::isPublic)
            .filter(method -> method.getParameters().length == values.length)
            .findFirst()
            .orElseThrow();
    return new RuleCall(target, new ArgumentListExpression(values), at);
  }

  /** A call that shows, where an {@code assert} fails, what stands in the recipe. */
  private static final class RuleCall extends MethodCallExpression {

    private final Expression at;

    RuleCall(MethodNode target, Expression arguments, Expression at) {
      super(new ClassExpression(target.getDeclaringClass()), target.getName(), arguments);
      this.at = at;
      setMethodTarget(target);
      setImplicitThis(false);
      setSourcePosition(at);
    }

    @Override
    public Expression transformExpression(ExpressionTransformer transformer) {
      return new RuleCall(getMethodTarget(), transformer.transform(getArguments()), at);
    }

    @Override
    public String getText() {
      return at.getText();
    }
  }
}
