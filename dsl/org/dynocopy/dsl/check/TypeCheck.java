package org.dynocopy.dsl.check;

import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingVisitor;
import org.dynocopy.dsl.check.WordCheck.Mark;

/**
 * Groovy's type checker, as {@code @TypeChecked} runs it, made strict about the words of a recipe
 * and lenient about the Groovy between them.
 *
 * <p>A subclass and not only an extension, for two things that an extension cannot do: leave out
 * the bodies of filters, and keep back the checker's own errors. Those reject much Groovy that runs
 * well ({@code Object} values, say), and two of them can hide each other: the checker remembers
 * where it reported errors by {@code line << 16 + column}, which is {@code line << (16 + column)}.
 * What is wrong in a recipe is reported by {@link TypeExtension}.
 */
final class TypeCheck extends StaticTypeCheckingVisitor {

  TypeCheck(SourceUnit source, ClassNode script, CompilationUnit unit) {
    super(source, script);
    setCompilationUnit(unit);
  }

  @Override
  public void visitClosureExpression(ClosureExpression closure) {
    if (closure.getNodeMetaData(Mark.DYNAMIC) == null) {
      super.visitClosureExpression(closure);
    } else {
      storeType(closure, ClassHelper.CLOSURE_TYPE.getPlainNodeReference());
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
