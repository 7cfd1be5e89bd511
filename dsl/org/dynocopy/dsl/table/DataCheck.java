package org.dynocopy.dsl.table;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.CaseStatement;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Types;
import org.dynocopy.dsl.check.RecipeTree;
import org.dynocopy.dsl.source.Problems;

/**
 * Refuses code that {@link TableCode} cannot make right: doubles, which lose digits, the classes of
 * numbers, of which a value has any, and text that was meant to be a template.
 */
public final class DataCheck extends ClassCodeVisitorSupport {

  private static final Set<String> DOUBLES =
      Set.of("double", "float", "java.lang.Double", "java.lang.Float");
  private static final Set<String> TO_DOUBLE =
      Set.of("toDouble", "doubleValue", "toFloat", "floatValue");

  private static final Set<String> OF_DOUBLE_STREAMS =
      Set.of("mapToDouble", "flatMapToDouble", "asDoubleStream", "summaryStatistics");
  private static final Pattern SUMS = Pattern.compile("(summing|averaging|summarizing).*");

  private static final Set<String> TEXT_OF_CODE =
      Set.of("groovy.util.Eval", "groovy.lang.GroovyShell");

  /** What a block has itself, whatever names the item has. */
  private static final Set<String> OF_BLOCKS =
      Set.of(
          "metaClass",
          "directive",
          "resolveStrategy",
          "parameterTypes",
          "maximumNumberOfParameters");

  private static final Map<Integer, String> IDENTITY =
      Map.of(Types.COMPARE_IDENTICAL, "==", Types.COMPARE_NOT_IDENTICAL, "!=");
  private static final Set<Integer> OF_CLASSES =
      Set.of(
          Types.KEYWORD_INSTANCEOF,
          Types.COMPARE_NOT_INSTANCEOF,
          Types.KEYWORD_IN,
          Types.COMPARE_NOT_IN);
  private static final Pattern TEMPLATE = Pattern.compile("(?s)'.*(?<!\\\\)\\$\\{.*");

  private final SourceUnit source;
  private final RecipeTree tree;
  private final Problems problems;

  public DataCheck(SourceUnit source, RecipeTree tree, Problems problems) {
    this.source = source;
    this.tree = tree;
    this.problems = problems;
  }

  @Override
  protected SourceUnit getSourceUnit() {
    return source;
  }

  @Override
  protected void visitConstructorOrMethod(MethodNode method, boolean isConstructor) {
    if (method.getLineNumber() > 0 || method.isScriptBody()) {
      types(method.getParameters());
      if (method.getLineNumber() > 0 && !method.isScriptBody()) {
        type(method.getReturnType(), method.getReturnType());
      }
      super.visitConstructorOrMethod(method, isConstructor);
    }
  }

  @Override
  public void visitAnnotations(AnnotatedNode node) {
    for (AnnotationNode annotation : node.getAnnotations()) {
      String name = annotation.getClassNode().getNameWithoutPackage();
      boolean written = annotation.getLineNumber() > 0;
      if (written && Set.of("CompileStatic", "TypeChecked", "CompileDynamic").contains(name)) {
        add(annotation, "`@" + name + "` does not go with the rules of recipes: leave it out");
      }
    }
  }

  @Override
  public void visitConstantExpression(ConstantExpression constant) {
    if (constant.getValue() instanceof Double || constant.getValue() instanceof Float) {
      add(
          constant,
          "a double keeps fewer digits than a table: write "
              + tree.text(constant).replaceFirst("[dDfF]$", ""));
    } else if (constant.getValue() instanceof String text
        && text.contains("${")
        && TEMPLATE.matcher(tree.text(constant)).matches()) {
      add(
          constant,
          "`${` in single quotes is text: use double quotes, or write `\\${` if text is right");
    }
  }

  @Override
  public void visitClosureExpression(ClosureExpression closure) {
    types(closure.getParameters());
    super.visitClosureExpression(closure);
  }

  @Override
  public void visitDeclarationExpression(DeclarationExpression declaration) {
    if (declaration.getLeftExpression() instanceof VariableExpression variable) {
      type(variable.getOriginType(), variable);
    }
    super.visitDeclarationExpression(declaration);
  }

  @Override
  public void visitCastExpression(CastExpression cast) {
    type(cast.getType(), cast);
    super.visitCastExpression(cast);
  }

  private void types(Parameter[] parameters) {
    for (Parameter parameter : parameters == null ? Parameter.EMPTY_ARRAY : parameters) {
      type(parameter.getOriginType(), parameter);
    }
  }

  private void type(ClassNode type, ASTNode at) {
    ClassNode one = type.isArray() ? type.getComponentType() : type;
    if (DOUBLES.contains(one.getName()) && at.getLineNumber() > 0) {
      add(
          at,
          "a "
              + one.getNameWithoutPackage()
              + " keeps fewer digits than a table: use `BigDecimal`, or `def`");
    }
  }

  @Override
  public void visitBinaryExpression(BinaryExpression binary) {
    int type = binary.getOperation().getType();
    Expression right = binary.getRightExpression();
    if (IDENTITY.containsKey(type)
        && !ConstantExpression.NULL.equals(right)
        && !(right instanceof ConstantExpression constant && constant.isNullExpression())) {
      String operator = binary.getOperation().getText();
      add(
          binary,
          "`" + operator + "` compares objects and not values: use `" + IDENTITY.get(type) + "`");
    }
    if (OF_CLASSES.contains(type)) {
      numberClass(right);
    }
    if (type == Types.RIGHT_SHIFT_UNSIGNED || type == Types.RIGHT_SHIFT_UNSIGNED_EQUAL) {
      add(binary, "`>>>` goes by the size of an int, which numbers here do not have: use `>>`");
    }
    super.visitBinaryExpression(binary);
  }

  @Override
  public void visitCaseStatement(CaseStatement statement) {
    numberClass(statement.getExpression());
    super.visitCaseStatement(statement);
  }

  private void numberClass(Expression expression) {
    if (!(expression instanceof ClassExpression)) {
      return;
    }
    ClassNode type = expression.getType();
    boolean number =
        type.isDerivedFrom(ClassHelper.Number_TYPE) && !type.equals(ClassHelper.Number_TYPE);
    if (number || type.equals(ClassHelper.GSTRING_TYPE)) {
      String name = type.getNameWithoutPackage();
      String right = number ? "Number" : "String";
      add(expression, "no value has the class " + name + " here: use `" + right + "`");
    }
  }

  @Override
  public void visitMethodCallExpression(MethodCallExpression call) {
    String name = call.getMethodAsString();
    int count =
        call.getArguments() instanceof TupleExpression all ? all.getExpressions().size() : 1;
    if (name != null && call.getObjectExpression() instanceof ClassExpression type) {
      ofClass(type.getType().getName(), name, call.getMethod());
    } else if (name != null && !call.isImplicitThis() && !isOwn(call.getObjectExpression())) {
      if (count == 0 && TO_DOUBLE.contains(name)) {
        add(
            call.getMethod(),
            "a double keeps fewer digits than a table: use `toBigDecimal()` or leave it out");
      } else if (OF_DOUBLE_STREAMS.contains(name)) {
        add(call.getMethod(), "a double keeps fewer digits than a table: use `map`");
      } else if (count == 0 && name.equals("getClass")) {
        add(call.getMethod(), "a value may have any of several classes: use `instanceof`");
      } else if (count == 1 && name.equals("asType")) {
        Expression to = ((TupleExpression) call.getArguments()).getExpression(0);
        if (to instanceof ClassExpression) {
          type(to.getType(), to);
        }
      } else if (count == 1 && name.equals("is")) {
        add(call.getMethod(), "`is` compares objects and not values: use `==`");
      }
    }
    super.visitMethodCallExpression(call);
  }

  private static boolean isOwn(Expression receiver) {
    return receiver instanceof VariableExpression variable && variable.isThisExpression();
  }

  @Override
  public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
    ofClass(call.getOwnerType().getName(), call.getMethod(), call);
    super.visitStaticMethodCallExpression(call);
  }

  private void ofClass(String type, String method, ASTNode at) {
    boolean math = type.equals("java.lang.Math") || type.equals("java.lang.StrictMath");
    if (math && !TableCalls.isExact(method)) {
      add(
          at,
          "`Math." + method + "` calculates with doubles, which keep fewer digits than a table");
    } else if (TEXT_OF_CODE.contains(type)) {
      add(at, "code in a text does not follow the rules of recipes: write it here");
    } else if (type.equals("java.util.stream.Collectors") && SUMS.matcher(method).matches()) {
      add(at, "`" + method + "` adds up ints or doubles, which lose digits: use `sum` of a list");
    } else if (DOUBLES.contains(type)) {
      add(at, "a double keeps fewer digits than a table: use `new BigDecimal(…)`");
    }
  }

  @Override
  public void visitConstructorCallExpression(ConstructorCallExpression made) {
    if (!made.isSpecialCall()) {
      ofClass(made.getType().getName(), "new", made);
    }
    super.visitConstructorCallExpression(made);
  }

  @Override
  public void visitVariableExpression(VariableExpression variable) {
    if (variable.getAccessedVariable() instanceof DynamicVariable
        && OF_BLOCKS.contains(variable.getName())) {
      String name = variable.getName();
      add(variable, "`" + name + "` alone is the block's own: use `item." + name + "`");
    }
  }

  private void add(ASTNode at, String message) {
    problems.add(tree.at(at), message);
  }
}
