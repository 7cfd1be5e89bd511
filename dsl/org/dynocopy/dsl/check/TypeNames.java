package org.dynocopy.dsl.check;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.Variable;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.StringGroovyMethods;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.dsl.check.WordCheck.Mark;
import org.dynocopy.dsl.groovy.TypeCheck;
import org.dynocopy.dsl.words.Values;

/** What the type checker's types mean for a recipe: which are sure, and how messages call them. */
final class TypeNames {

  private static final Set<String> COLLECTIONS =
      Set.of("java.util.List", "java.util.ArrayList", "java.util.Set", "java.util.LinkedHashSet");

  private final RecipeTree tree;

  TypeNames(RecipeTree tree) {
    this.tree = tree;
  }

  /** Tells whether the type says anything: Object means that it only shows when the recipe runs. */
  static boolean isKnown(ClassNode type) {
    return isReal(type) && !ClassHelper.isObjectType(type);
  }

  /** Tells whether a value of this type can have no other methods than those known of the type. */
  static boolean isCertain(ClassNode type) {
    boolean plain = isReal(type) && type.redirect().isResolved() && !type.isArray();
    if (plain && type.equals(ClassHelper.CLASS_Type)) {
      return type.getGenericsTypes() != null && ofClass(type).redirect().isResolved();
    }
    return plain && (isCollection(type) || Modifier.isFinal(type.getModifiers()));
  }

  static boolean isCollection(ClassNode type) {
    return COLLECTIONS.contains(type.getName());
  }

  /** Tells whether it is one class, not one of the checker's unions or its null. */
  private static boolean isReal(ClassNode type) {
    return type != null
        && !type.isGenericsPlaceHolder()
        && type.getClass() == ClassNode.class
        && !isNull(type);
  }

  /** Returns the X of a {@code Class<X>}. */
  private static ClassNode ofClass(ClassNode type) {
    return type.getGenericsTypes()[0].getType();
  }

  /** Tells whether it is the type of {@code null}, which the checker does not show. */
  private static boolean isNull(ClassNode type) {
    return type.getName().equals("<unknown parameter type>");
  }

  /** Tells whether there is a method of this name, for whatever arguments. */
  static boolean hasMethod(ClassNode type, String name) {
    return methods(type).contains(name);
  }

  static String suggest(ClassNode type, String name) {
    String near = Suggestions.suggestion(name, methods(type));
    return near.isEmpty() ? "" : "." + near;
  }

  private static Set<String> methods(ClassNode type) {
    Class<?> receiver = ClassHelper.getWrapper(type).getTypeClass();
    Set<String> names = new TreeSet<>();
    Arrays.stream(receiver.getMethods()).forEach(method -> names.add(method.getName()));
    if (receiver == Class.class) {
      Arrays.stream(ofClass(type).getTypeClass().getMethods())
          .forEach(method -> names.add(method.getName()));
    }
    for (Class<?> added : Set.of(DefaultGroovyMethods.class, StringGroovyMethods.class)) {
      Arrays.stream(added.getMethods())
          .filter(method -> method.getParameterCount() > 0)
          .filter(method -> method.getParameterTypes()[0].isAssignableFrom(receiver))
          .forEach(method -> names.add(method.getName()));
    }
    return names;
  }

  /** Returns what messages call a value of the type. */
  static String name(ClassNode type) {
    if (!isReal(type)) {
      return isNull(type) ? "null" : "this";
    }
    if (type.equals(ClassHelper.CLASS_Type)) {
      boolean any = type.getGenericsTypes() == null;
      return any ? "a class" : "the class " + ofClass(type).getNameWithoutPackage();
    }
    if (type.redirect().isResolved() && !type.isArray()) {
      return Values.kind(type.getTypeClass());
    }
    return Values.kind(type.getNameWithoutPackage());
  }

  /**
   * Tells whether a value certainly has the type that the type checker infers. Groovy's lists and
   * maps hold anything, whatever their type arguments say: what comes out of one is not certain,
   * and is checked when the recipe runs.
   */
  boolean isSure(Expression value) {
    if (value instanceof ConstantExpression
        || value instanceof GStringExpression
        || value instanceof ListExpression
        || value instanceof MapExpression
        || value instanceof ClosureExpression
        || value instanceof ClassExpression
        || value instanceof ConstructorCallExpression
        || value instanceof CastExpression) {
      return true;
    }
    if (value instanceof BinaryExpression both) {
      return isSure(both.getLeftExpression()) && isSure(both.getRightExpression());
    }
    if (value instanceof VariableExpression variable) {
      return ofVariable(variable);
    }
    if (value instanceof MethodCallExpression || value instanceof StaticMethodCallExpression) {
      return ofCall(value);
    }
    return false;
  }

  private boolean ofVariable(VariableExpression variable) {
    Variable declared = variable.getAccessedVariable();
    if (declared instanceof Parameter || declared instanceof VariableExpression) {
      return !declared.isDynamicTyped()
          || tree.onlyValue(declared.getName()).map(this::isSure).orElse(false);
    }
    return false;
  }

  private static boolean ofCall(Expression call) {
    WordCall word = call.getNodeMetaData(Mark.WORD);
    if (word != null) {
      return TypeCheck.inferred(call).filter(type -> !ClassHelper.isObjectType(type)).isPresent();
    }
    return TypeCheck.target(call)
        .filter(target -> !target.getReturnType().isGenericsPlaceHolder())
        .isPresent();
  }
}
