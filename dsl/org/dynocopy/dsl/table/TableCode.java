package org.dynocopy.dsl.table;

import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
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
import org.codehaus.groovy.ast.expr.FieldExpression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.SwitchExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;
import org.dynocopy.dsl.check.WordCall;
import org.dynocopy.dsl.check.WordCheck.Mark;
import org.dynocopy.dsl.groovy.Compilation;
import org.dynocopy.dsl.groovy.TypeCheck;
import org.dynocopy.dsl.values.Data;

/**
 * Makes the code of a recipe compare and calculate as tables do, by {@link TableRules}: all of it
 * and not filters alone, because what a filter compares with comes from anywhere in the recipe.
 *
 * <p>Every expression gives a value in its one representation: constants are written so, what a
 * method or a property gives is made so, and what is made of such values stays so. Then the JDK's
 * own collections compare by value, and only operators and a few methods need other rules.
 */
public final class TableCode extends ClassCodeExpressionTransformer {

  private final SourceUnit source;
  private final TableAssignment assignments = new TableAssignment(this);

  /** What the method around returns; in a block, anything. */
  private ClassNode returned = ClassHelper.OBJECT_TYPE;

  public TableCode(SourceUnit source) {
    this.source = source;
  }

  @Override
  protected SourceUnit getSourceUnit() {
    return source;
  }

  @Override
  protected void visitConstructorOrMethod(MethodNode method, boolean isConstructor) {
    // What a transformation of Groovy added is right as it is.
    if (method.getLineNumber() > 0 || method.isScriptBody()) {
      defaults(method.getParameters());
      if (!isConstructor && TableRules.isWhole(method.getReturnType())) {
        Compilation.addReturns(method);
        returned = method.getReturnType();
      }
      super.visitConstructorOrMethod(method, isConstructor);
      returned = ClassHelper.OBJECT_TYPE;
    }
  }

  @Override
  public void visitReturnStatement(ReturnStatement statement) {
    super.visitReturnStatement(statement);
    statement.setExpression(TableRules.exact(statement.getExpression(), returned));
  }

  @Override
  public void visitField(FieldNode field) {
    super.visitField(field);
    if (field.getInitialExpression() != null) {
      field.setInitialValueExpression(
          TableRules.exact(field.getInitialExpression(), field.getType()));
    }
  }

  private void defaults(Parameter[] parameters) {
    for (Parameter parameter : parameters == null ? Parameter.EMPTY_ARRAY : parameters) {
      if (parameter.hasInitialExpression()) {
        parameter.setInitialExpression(transform(parameter.getInitialExpression()));
      }
    }
  }

  @Override
  public void visitSwitch(SwitchStatement statement) {
    List<Expression> values = TableSwitch.values(statement.getCaseStatements());
    super.visitSwitch(statement);
    TableSwitch.compare(statement.getCaseStatements(), values, this);
  }

  @Override
  public void visitSwitchExpression(SwitchExpression expression) {
    List<Expression> values = TableSwitch.values(expression.getCaseStatements());
    super.visitSwitchExpression(expression);
    TableSwitch.compare(expression.getCaseStatements(), values, this);
  }

  @Override
  public Expression transform(Expression expression) {
    if (expression == null || expression instanceof FieldExpression) {
      return expression;
    }
    if (expression instanceof ConstantExpression constant) {
      return constant(constant);
    }
    if (expression instanceof GStringExpression template) {
      return TableRules.text(template(template));
    }
    if (expression instanceof ClosureExpression closure) {
      defaults(closure.getParameters());
      ClassNode outer = returned;
      returned = ClassHelper.OBJECT_TYPE;
      closure.getCode().visit(this);
      returned = outer;
      // What the checker found to be an Integer may be a Long now.
      TypeCheck.forgetResult(closure);
      return closure;
    }
    if (expression instanceof SwitchExpression choice) {
      visitSwitchExpression(choice);
      return choice;
    }
    if (expression instanceof VariableExpression variable) {
      return TableRules.isForeign(variable) ? TableRules.value(variable) : variable;
    }
    if (expression instanceof BinaryExpression binary) {
      return binary(binary);
    }
    if (expression instanceof PropertyExpression property) {
      return property(property);
    }
    if (expression instanceof MethodCallExpression call) {
      return call(call);
    }
    if (expression instanceof StaticMethodCallExpression call) {
      Expression done = call.transformExpression(this);
      return TableCalls.ofClass(call.getOwnerType().getName(), call.getMethod(), done);
    }
    return other(expression);
  }

  private Expression other(Expression expression) {
    if (expression instanceof CastExpression cast) {
      Expression value = TableRules.exact(transform(cast.getExpression()), cast.getType());
      CastExpression done = new CastExpression(cast.getType(), value, cast.isIgnoringAutoboxing());
      done.setCoerce(cast.isCoerce());
      done.setStrict(cast.isStrict());
      return TableRules.value(copied(done, cast));
    }
    if (expression instanceof RangeExpression range) {
      return TableRules.range(
          transform(range.getFrom()),
          transform(range.getTo()),
          range.isExclusiveLeft(),
          range.isExclusiveRight(),
          range);
    }
    if (expression instanceof UnaryMinusExpression minus) {
      return TableRules.negative(transform(minus.getExpression()), minus);
    }
    if (expression instanceof PrefixExpression prefix) {
      return assignments.step(prefix.getExpression(), prefix.getOperation(), prefix, true);
    }
    if (expression instanceof PostfixExpression postfix) {
      return assignments.step(postfix.getExpression(), postfix.getOperation(), postfix, false);
    }
    if (expression instanceof MethodPointerExpression reference) {
      return TableRules.reference(reference.transformExpression(this));
    }
    if (expression instanceof ConstructorCallExpression made) {
      Expression done = made.transformExpression(this);
      return made.isSpecialCall() || !(done instanceof ConstructorCallExpression plain)
          ? done
          : TableCalls.made(plain);
    }
    return expression.transformExpression(this);
  }

  /** In text, a number that the command line gives stays as it is written there. */
  private Expression template(GStringExpression template) {
    List<Expression> values = new ArrayList<>();
    for (Expression value : template.getValues()) {
      boolean read =
          value instanceof MethodCallExpression call && call.getNodeMetaData(Mark.WORD) != null;
      values.add(read ? value : transform(value));
    }
    return copied(
        new GStringExpression(template.getText(), template.getStrings(), values), template);
  }

  private static Expression constant(ConstantExpression constant) {
    Object value = constant.getValue() instanceof Number ? Data.of(constant.getValue()) : null;
    return value == null || value.equals(constant.getValue())
        ? constant
        : copied(new ConstantExpression(value), constant);
  }

  private Expression binary(BinaryExpression binary) {
    int type = binary.getOperation().getType();
    if (binary instanceof DeclarationExpression declaration) {
      declaration.setRightExpression(
          TableAssignment.assigned(
              declaration.getLeftExpression(), transform(declaration.getRightExpression())));
      return declaration;
    }
    Expression left = binary.getLeftExpression();
    Expression right = binary.getRightExpression();
    if (TableRules.calculation(type) != null && !TableAssignment.isGroovys(left)) {
      return assignments.calculation(left, TableRules.calculation(type), transform(right), binary);
    }
    if (type == Types.EQUAL) {
      return assignments.assignment(left, transform(right), binary);
    }
    if (binary.getOperation().isA(Types.ASSIGNMENT_OPERATOR)) {
      Token operation = binary.getOperation();
      return copied(
          new BinaryExpression(assignments.target(left), operation, transform(right)), binary);
    }
    if (type == Types.LEFT_SQUARE_BRACKET) {
      return TableRules.element(receiver(left), transform(right), binary.isSafe(), binary);
    }
    // Once: a chain of operators is as deep as it is long, and twice at each would be two to that
    // power.
    Expression first = transform(left);
    Expression second = transform(right);
    Expression by = TableRules.operator(type, first, second, binary);
    return by != null
        ? by
        : TableRules.value(
            copied(new BinaryExpression(first, binary.getOperation(), second), binary));
  }

  /** A receiver need not be made a value: what is taken of it is made one. */
  Expression receiver(Expression expression) {
    return expression instanceof VariableExpression ? expression : transform(expression);
  }

  private Expression property(PropertyExpression property) {
    Expression object = property.getObjectExpression();
    boolean own =
        object instanceof ClassExpression
            || (object instanceof VariableExpression variable
                && (variable.isThisExpression() || variable.isSuperExpression()));
    if (own || property.getClass() != PropertyExpression.class) {
      return TableRules.value(property);
    }
    return TableRules.property(
        receiver(object),
        transform(property.getProperty()),
        property.isSafe(),
        property.isSpreadSafe(),
        property);
  }

  private Expression call(MethodCallExpression call) {
    WordCall word = call.getNodeMetaData(Mark.WORD);
    MethodCallExpression done =
        new MethodCallExpression(
            receiver(call.getObjectExpression()),
            transform(call.getMethod()),
            word != null && word.word().name().equals("param")
                ? call.getArguments()
                : transform(call.getArguments()));
    done.setSafe(call.isSafe());
    done.setSpreadSafe(call.isSpreadSafe());
    done.setImplicitThis(call.isImplicitThis());
    done.setGenericsTypes(call.getGenericsTypes());
    copied(done, call);
    boolean plain = "at$".equals(call.getMethodAsString());
    return plain || (word != null && !word.word().name().equals("param"))
        ? done
        : TableCalls.call(done);
  }

  static <E extends Expression> E copied(E made, Expression of) {
    made.setSourcePosition(of);
    made.copyNodeMetaData(of);
    return made;
  }
}
