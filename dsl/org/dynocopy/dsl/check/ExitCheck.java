package org.dynocopy.dsl.check;

import java.util.Set;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.check.WordCheck.Mark;
import org.dynocopy.dsl.source.Problems;

/**
 * Refuses what ends the process, as {@code System.exit(0)}: a run would end without its ledger, and
 * perhaps with the exit code of one that ended well. The receiver does not matter, since a variable
 * may hold {@code System}; only a class of the recipe may have methods of these names.
 */
public final class ExitCheck extends CallCheck {

  private static final Set<String> ENDS = Set.of("exit", "halt");

  public ExitCheck(RecipeTree tree, Problems problems) {
    super(tree, problems);
  }

  @Override
  public void visitMethodCallExpression(MethodCallExpression call) {
    String name = call.getMethodAsString();
    Expression receiver = call.getObjectExpression();
    if (name != null && (isProcess(receiver) ? ENDS.contains(name) : ends(name))) {
      call.putNodeMetaData(Mark.REPORTED, true);
      report(tree.word(call), "`" + name + "`");
    }
    super.visitMethodCallExpression(call);
  }

  @Override
  public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
    if (ENDS.contains(call.getMethod()) && isProcess(call.getOwnerType())) {
      report(tree.at(call), "`" + call.getMethod() + "`");
    }
    super.visitStaticMethodCallExpression(call);
  }

  @Override
  public void visitMethodPointerExpression(MethodPointerExpression pointer) {
    String name = pointer.getMethodName().getText();
    if (isProcess(pointer.getExpression()) ? ENDS.contains(name) : ends(name)) {
      report(tree.at(pointer.getMethodName()), "`" + name + "`");
    }
    super.visitMethodPointerExpression(pointer);
  }

  private boolean ends(String name) {
    return name != null && ENDS.contains(name) && !own.contains(name);
  }

  private static boolean isProcess(Expression receiver) {
    return receiver instanceof ClassExpression && isProcess(receiver.getType());
  }

  private static boolean isProcess(ClassNode type) {
    return Set.of("java.lang.System", "java.lang.Runtime").contains(type.getName());
  }

  private void report(Location at, String what) {
    problems.add(at, what + " is refused: a recipe cannot end the process");
  }
}
