package org.dynocopy.dsl.groovy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.codehaus.groovy.GroovyBugError;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCall;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingSupport;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingVisitor;
import org.codehaus.groovy.transform.stc.StaticTypesMarker;
import org.codehaus.groovy.transform.stc.TypeCheckingExtension;

/**
 * Groovy's type checker, as {@code @TypeChecked} runs it, with rules of our own in place of its.
 */
public final class TypeCheck {

  private final SourceUnit source;
  private final Visitor visitor;

  TypeCheck(
      SourceUnit source,
      ClassNode script,
      CompilationUnit unit,
      Predicate<ClosureExpression> isDynamic) {
    this.source = source;
    this.visitor = new Visitor(source, script, unit, isDynamic);
  }

  /** What is wrong with types. The checker's own errors are left out. */
  public interface Rules {

    /**
     * Looks at a call of a method that the checker does not know.
     *
     * @param receiver the type of what it is called on
     * @return the methods that it may mean
     */
    List<MethodNode> missingMethod(MethodCallExpression call, String name, ClassNode receiver);

    /** Looks at a call whose arguments have types by now. */
    void afterCall(MethodCallExpression call);

    /** Looks at a name that is no variable. */
    void missingVariable(VariableExpression variable);

    /** Looks at a property that the checker does not know. */
    void missingProperty(PropertyExpression property);
  }

  /** Checks all classes of the file. */
  public void run(Rules rules) {
    visitor.addTypeCheckingExtension(new Extension(visitor, rules));
    visitor.initialize();
    List<ClassNode> types =
        source.getAST().getClasses().stream().filter(type -> type.getOuterClass() == null).toList();
    try {
      types.forEach(visitor::visitClass);
    } catch (RuntimeException | GroovyBugError e) {
      // Groovy's checker has its own bugs, and stumbles over classes that are unknown. What it
      // leaves unchecked is still checked when the words are said.
    }
  }

  /** Returns the type of an expression that was visited. */
  public ClassNode type(Expression expression) {
    return visitor.typeOf(expression);
  }

  /** Returns whether the checker knows which method a call means. */
  public static boolean isResolved(Expression call) {
    return target(call).isPresent();
  }

  /** Returns the method that a call means, if the checker knows it. */
  public static Optional<MethodNode> target(Expression call) {
    return Optional.ofNullable(call.getNodeMetaData(StaticTypesMarker.DIRECT_METHOD_CALL_TARGET));
  }

  /** Returns the type that was found or {@link #infer set} for an expression. */
  public static Optional<ClassNode> inferred(Expression expression) {
    return Optional.ofNullable(expression.getNodeMetaData(StaticTypesMarker.INFERRED_TYPE));
  }

  /** Sets the type of an expression. */
  public static void infer(Expression expression, ClassNode type) {
    expression.putNodeMetaData(StaticTypesMarker.INFERRED_TYPE, type);
  }

  /** Removes the type of a closure's result, to which the result would be cast. */
  public static void forgetResult(ClosureExpression closure) {
    closure.removeNodeMetaData(StaticTypesMarker.INFERRED_RETURN_TYPE);
  }

  /** Returns whether a value of a type can be given where another one is wanted. */
  public static boolean isAssignable(ClassNode type, ClassNode wanted) {
    return StaticTypeCheckingSupport.isAssignableTo(type, wanted);
  }

  /**
   * A subclass and not only an extension, for two things that an extension cannot do: leave out the
   * bodies of filters, and keep back the checker's own errors. Those reject much Groovy that runs
   * well ({@code Object} values, say), and two of them can hide each other: the checker remembers
   * where it reported errors by {@code line << 16 + column}, which is {@code line << (16 +
   * column)}.
   */
  private static final class Visitor extends StaticTypeCheckingVisitor {

    private final Predicate<ClosureExpression> isDynamic;

    Visitor(
        SourceUnit source,
        ClassNode script,
        CompilationUnit unit,
        Predicate<ClosureExpression> isDynamic) {
      super(source, script);
      this.isDynamic = isDynamic;
      setCompilationUnit(unit);
    }

    ClassNode typeOf(Expression expression) {
      return getType(expression);
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
      if (isDynamic.test(closure)) {
        storeType(closure, ClassHelper.CLOSURE_TYPE.getPlainNodeReference());
      } else {
        super.visitClosureExpression(closure);
      }
    }

    @Override
    protected void addStaticTypeError(String message, ASTNode node) {
      // See the class comment.
    }

    @Override
    public void addError(String message, ASTNode node) {
      // See the class comment.
    }
  }

  private static final class Extension extends TypeCheckingExtension {

    private final Rules rules;

    Extension(StaticTypeCheckingVisitor visitor, Rules rules) {
      super(visitor);
      this.rules = rules;
    }

    @Override
    public List<MethodNode> handleMissingMethod(
        ClassNode receiver,
        String name,
        ArgumentListExpression arguments,
        ClassNode[] types,
        MethodCall call) {
      return call instanceof MethodCallExpression expression
          ? rules.missingMethod(expression, name, receiver)
          : List.of();
    }

    @Override
    public void afterMethodCall(MethodCall call) {
      if (call instanceof MethodCallExpression expression) {
        rules.afterCall(expression);
      }
    }

    @Override
    public boolean handleUnresolvedVariableExpression(VariableExpression variable) {
      rules.missingVariable(variable);
      return true;
    }

    @Override
    public boolean handleUnresolvedProperty(PropertyExpression property) {
      rules.missingProperty(property);
      return true;
    }
  }
}
