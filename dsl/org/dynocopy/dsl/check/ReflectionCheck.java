package org.dynocopy.dsl.check;

import java.util.Set;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.dynocopy.dsl.check.WordCheck.Mark;
import org.dynocopy.dsl.source.Problems;

/**
 * Refuses calls of methods by names that only show when the recipe runs. Neither the rules of
 * tables can be kept there, nor that a recipe does not end the process.
 */
public final class ReflectionCheck extends CallCheck {

  private static final Set<String> METHODS =
      Set.of(
          "invokeMethod",
          "getMetaClass",
          "setMetaClass",
          "getMethod",
          "getMethods",
          "getDeclaredMethod",
          "getDeclaredMethods",
          "getConstructor",
          "getConstructors",
          "getDeclaredConstructor",
          "getDeclaredConstructors",
          "setAccessible",
          "getClassLoader",
          "loadClass",
          "forName");

  private static final Set<String> PROPERTIES =
      Set.of(
          "metaClass",
          "methods",
          "declaredMethods",
          "constructors",
          "declaredConstructors",
          "classLoader");

  private static final Pattern TYPES =
      Pattern.compile(
          "java\\.lang\\.(reflect|invoke)\\..*|javax\\.script\\..*|groovy\\.ui\\..*"
              + "|org\\.(codehaus|apache)\\.groovy\\..*"
              + "|groovy\\.lang\\.(.*MetaClass.*|GroovyClassLoader|GroovySystem)"
              + "|groovy\\.util\\.GroovyScriptEngine");

  public ReflectionCheck(RecipeTree tree, Problems problems) {
    super(tree, problems);
  }

  @Override
  public void visitMethodCallExpression(MethodCallExpression call) {
    String name = call.getMethodAsString();
    if (name == null) {
      if (call.getNodeMetaData(Mark.REPORTED) == null) {
        made(call.getMethod());
      }
    } else if (METHODS.contains(name) && !own.contains(name)) {
      refuse(call.getMethod(), name);
    }
    super.visitMethodCallExpression(call);
  }

  @Override
  public void visitMethodPointerExpression(MethodPointerExpression pointer) {
    if (!(pointer.getMethodName() instanceof ConstantExpression)) {
      made(pointer.getMethodName());
    } else if (METHODS.contains(pointer.getMethodName().getText())) {
      refuse(pointer.getMethodName(), pointer.getMethodName().getText());
    }
    super.visitMethodPointerExpression(pointer);
  }

  @Override
  public void visitPropertyExpression(PropertyExpression property) {
    boolean ofClass = property.getObjectExpression() instanceof ClassExpression;
    String name = property.getPropertyAsString();
    if (ofClass && name != null && PROPERTIES.contains(name)) {
      refuse(property.getProperty(), name);
    }
    super.visitPropertyExpression(property);
  }

  @Override
  public void visitClassExpression(ClassExpression type) {
    type(type.getType(), type);
    super.visitClassExpression(type);
  }

  @Override
  public void visitConstructorCallExpression(ConstructorCallExpression made) {
    type(made.getType(), made);
    super.visitConstructorCallExpression(made);
  }

  @Override
  public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
    type(call.getOwnerType(), call);
    if (METHODS.contains(call.getMethod()) && !own.contains(call.getMethod())) {
      refuse(call, call.getMethod());
    }
    super.visitStaticMethodCallExpression(call);
  }

  private void type(ClassNode type, ASTNode at) {
    if (at.getLineNumber() > 0 && TYPES.matcher(type.getName()).matches()) {
      refuse(at, type.getNameWithoutPackage());
    }
  }

  private void made(ASTNode at) {
    problems.add(
        tree.at(at),
        "a method whose name is made when the recipe runs is refused: write the name, or a `switch`"
            + " of calls");
  }

  private void refuse(ASTNode at, String name) {
    problems.add(tree.at(at), "`" + name + "` is refused: call methods by their names");
  }
}
