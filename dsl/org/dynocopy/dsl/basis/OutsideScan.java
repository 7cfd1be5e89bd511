package org.dynocopy.dsl.basis;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Types;

/**
 * Finds what code uses that may be something else in another run: the environment, the clock,
 * files, chance, all classes that are not known to be without such; and what it changes itself.
 */
final class OutsideScan extends ClassCodeVisitorSupport {

  private static final Set<String> CHANGES =
      Set.of(
          "add",
          "addAll",
          "put",
          "putAll",
          "putIfAbsent",
          "remove",
          "removeAll",
          "removeIf",
          "retainAll",
          "clear",
          "compute",
          "computeIfAbsent",
          "merge",
          "incrementAndGet",
          "getAndIncrement",
          "addAndGet",
          "getAndAdd",
          "decrementAndGet",
          "increment",
          "set",
          "push",
          "pop",
          "poll",
          "offer",
          "append",
          "next");

  private final ModuleNode module;
  private final Set<String> own = new HashSet<>(Set.of("it"));
  private final NamedReads named = new NamedReads();
  private final Set<String> unknown = new LinkedHashSet<>();
  private boolean madeNames;
  private boolean making;

  /**
   * Makes a scan.
   *
   * @param module whose classes are code themselves
   */
  OutsideScan(ModuleNode module) {
    this.module = module;
  }

  NamedReads named() {
    return named;
  }

  Set<String> unknown() {
    return unknown;
  }

  boolean madeNames() {
    return madeNames;
  }

  void scan(ASTNode node) {
    if (node instanceof ClassNode type) {
      visitClass(type);
    } else if (node instanceof MethodNode method) {
      visitMethod(method);
    } else {
      node.visit(this);
    }
  }

  @Override
  protected SourceUnit getSourceUnit() {
    return null;
  }

  @Override
  protected void visitConstructorOrMethod(MethodNode method, boolean constructor) {
    declare(method.getParameters());
    making = constructor || method.isStaticConstructor();
    super.visitConstructorOrMethod(method, constructor);
    making = false;
  }

  @Override
  public void visitClosureExpression(ClosureExpression closure) {
    declare(closure.getParameters());
    super.visitClosureExpression(closure);
  }

  @Override
  public void visitForLoop(ForStatement loop) {
    declare(loop.getValueVariable());
    super.visitForLoop(loop);
  }

  @Override
  public void visitCatchStatement(CatchStatement statement) {
    declare(statement.getVariable());
    super.visitCatchStatement(statement);
  }

  private void declare(Parameter... parameters) {
    for (Parameter parameter : parameters == null ? Parameter.EMPTY_ARRAY : parameters) {
      if (parameter != null) {
        own.add(parameter.getName());
      }
    }
  }

  @Override
  public void visitDeclarationExpression(DeclarationExpression declaration) {
    Expression left = declaration.getLeftExpression();
    List<? extends Expression> all =
        left instanceof TupleExpression several ? several.getExpressions() : List.of(left);
    all.forEach(one -> own.add(one.getText()));
    declaration.getRightExpression().visit(this);
  }

  @Override
  public void visitClassExpression(ClassExpression type) {
    if (!PureClasses.isPure(type.getType(), module)) {
      unknown.add(type.getType().getNameWithoutPackage());
    }
  }

  @Override
  public void visitConstructorCallExpression(ConstructorCallExpression call) {
    ClassNode type = call.getType();
    boolean now =
        type.getName().equals("java.util.Date") && arguments(call.getArguments()).isEmpty();
    if (!call.isSpecialCall() && (now || !PureClasses.isPure(type, module))) {
      unknown.add("new " + type.getNameWithoutPackage() + "()");
    }
    super.visitConstructorCallExpression(call);
  }

  @Override
  public void visitMethodCallExpression(MethodCallExpression call) {
    if (named.note(call)) {
      return;
    }
    String name = call.getMethodAsString();
    Expression receiver = call.getObjectExpression();
    List<Expression> arguments = arguments(call.getArguments());
    if (name == null
        || name.equals("param")
            && !(arguments.size() == 1 && arguments.get(0) instanceof ConstantExpression)) {
      madeNames = true;
    } else if (receiver instanceof ClassExpression type
        && (PureClasses.isImpure(name) || !PureClasses.isPure(type.getType(), module))) {
      unknown.add(type.getType().getNameWithoutPackage() + "." + name);
      call.getArguments().visit(this);
      return;
    } else if (PureClasses.isImpure(name) && !call.isImplicitThis()) {
      unknown.add(name);
    } else if (CHANGES.contains(name)) {
      changes(receiver);
    }
    super.visitMethodCallExpression(call);
  }

  @Override
  public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
    String name = call.getMethod();
    List<Expression> arguments = arguments(call.getArguments());
    if (!named.note(call.getOwnerType(), name, arguments)
        && (PureClasses.isImpure(name) || !PureClasses.isPure(call.getOwnerType(), module))) {
      unknown.add(call.getOwnerType().getNameWithoutPackage() + "." + name);
    }
    super.visitStaticMethodCallExpression(call);
  }

  @Override
  public void visitPropertyExpression(PropertyExpression property) {
    if (named.note(property)) {
      return;
    }
    if (property.getObjectExpression() instanceof ClassExpression type
        && (!PureClasses.isPure(type.getType(), module)
            || "default".equals(property.getPropertyAsString()))) {
      unknown.add(type.getType().getNameWithoutPackage() + "." + property.getPropertyAsString());
      return;
    }
    super.visitPropertyExpression(property);
  }

  @Override
  public void visitBinaryExpression(BinaryExpression expression) {
    if (named.note(expression)) {
      return;
    }
    int operator = expression.getOperation().getType();
    if (Types.ofType(operator, Types.ASSIGNMENT_OPERATOR) || operator == Types.LEFT_SHIFT) {
      changes(expression.getLeftExpression());
    }
    super.visitBinaryExpression(expression);
  }

  @Override
  public void visitPostfixExpression(PostfixExpression expression) {
    changes(expression.getExpression());
    super.visitPostfixExpression(expression);
  }

  @Override
  public void visitPrefixExpression(PrefixExpression expression) {
    changes(expression.getExpression());
    super.visitPrefixExpression(expression);
  }

  /** What it changes and has not made depends on the items before. */
  private void changes(Expression changed) {
    if (changed instanceof PropertyExpression property) {
      changes(property.getObjectExpression());
    } else if (changed instanceof BinaryExpression index
        && index.getOperation().getType() == Types.LEFT_SQUARE_BRACKET) {
      changes(index.getLeftExpression());
    } else if (!making
        && (changed instanceof VariableExpression variable && !own.contains(variable.getName())
            || changed instanceof ClassExpression)) {
      unknown.add("`" + changed.getText() + "`, which it changes");
    }
  }

  static List<Expression> arguments(Expression arguments) {
    return arguments instanceof TupleExpression tuple ? tuple.getExpressions() : List.of(arguments);
  }
}
