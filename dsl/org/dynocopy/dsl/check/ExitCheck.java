package org.dynocopy.dsl.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.dynocopy.dsl.words.Problems;
import org.dynocopy.plan.Location;

/**
 * Refuses what ends the process, as {@code System.exit(0)}: a run would end without its ledger, and
 * perhaps with the exit code of one that ended well. The receiver does not matter, since a variable
 * may hold {@code System}; only a class of the recipe may have methods of these names.
 */
final class ExitCheck extends ClassCodeVisitorSupport {

  private static final Set<String> ENDS = Set.of("exit", "halt");
  private static final Set<String> BY_NAME =
      Set.of("getMethod", "getDeclaredMethod", "invokeMethod", "findStatic", "findVirtual");

  private final RecipeTree tree;
  private final Problems problems;
  private final Set<String> own = new HashSet<>();

  ExitCheck(RecipeTree tree, Problems problems) {
    this.tree = tree;
    this.problems = problems;
  }

  void check(ModuleNode module) {
    for (ClassNode type : module.getClasses()) {
      type.getMethods().stream()
          .filter(method -> method.getLineNumber() > 0)
          .map(MethodNode::getName)
          .forEach(own::add);
    }
    module.getClasses().forEach(this::visitClass);
  }

  @Override
  protected SourceUnit getSourceUnit() {
    return null;
  }

  @Override
  public void visitMethodCallExpression(MethodCallExpression call) {
    String name = call.getMethodAsString();
    Expression receiver = call.getObjectExpression();
    if (name == null && isProcess(receiver)) {
      report(
          tree.at(call.getMethod()), "a method of `" + type(receiver) + "` by a name that is made");
    } else if (isProcess(receiver) ? ENDS.contains(name) : ends(name) && !call.isImplicitThis()) {
      report(tree.word(call), "`" + name + "`");
    } else if (name != null && BY_NAME.contains(name)) {
      byName(call);
    }
    super.visitMethodCallExpression(call);
  }

  private void byName(MethodCallExpression call) {
    List<Expression> arguments =
        call.getArguments() instanceof TupleExpression tuple ? tuple.getExpressions() : List.of();
    for (Expression argument : arguments) {
      if (argument instanceof ConstantExpression constant && ends(constant.getText())) {
        report(tree.at(argument), "`" + constant.getText() + "`");
      }
    }
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

  private static String type(ASTNode receiver) {
    return ((ClassExpression) receiver).getType().getNameWithoutPackage();
  }

  private void report(Location at, String what) {
    problems.add(at, what + " is refused: a recipe cannot end the process");
  }
}
