package org.dynocopy.dsl.words;

import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.runtime.InvokerInvocationException;
import org.codehaus.groovy.runtime.powerassert.PowerAssertionError;
import org.codehaus.groovy.runtime.typehandling.GroovyCastException;

/** Says in one clean sentence why a recipe's code failed, in a recipe writer's words. */
final class FailureCause {

  private static final Pattern CAST =
      Pattern.compile(
          "Cannot cast object '(.*)' with class '(.*)' to class '(.*?)'.*", Pattern.DOTALL);

  /** Groovy cannot choose between the forms of a word when all it gets is null. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile("Ambiguous method overloading for method \\S*#(\\w+)\\.");

  private FailureCause() {}

  static String sentence(Throwable thrown) {
    Throwable cause = root(thrown);
    if (cause instanceof MissingMethodException missing) {
      return missingMethod(missing);
    }
    if (cause instanceof MissingPropertyException missing) {
      return "unknown name `" + missing.getProperty() + "`" + owner(missing.getType());
    }
    if (cause instanceof StackOverflowError) {
      return "it calls itself without end";
    }
    if (cause instanceof PowerAssertionError) {
      return "assertion failed: " + firstLine(cause.getMessage()).replaceFirst("^assert ", "");
    }
    if (cause instanceof GroovyCastException) {
      Matcher cast = CAST.matcher(String.valueOf(cause.getMessage()));
      if (cast.matches()) {
        String wanted = Values.kind(simple(cast.group(3)));
        return "`" + shorten(cast.group(1)) + "` is not " + wanted;
      }
    }
    if (cause instanceof UnsupportedOperationException && cause.getMessage() == null) {
      return "this cannot be changed";
    }
    Matcher ambiguous = AMBIGUOUS.matcher(String.valueOf(cause.getMessage()));
    if (ambiguous.lookingAt()) {
      return "`" + ambiguous.group(1) + "` got null";
    }
    String message = cause.getMessage();
    String kind = cause.getClass().getSimpleName().replaceFirst("(Exception|Error)$", "");
    if (message == null || message.isBlank()) {
      return kind;
    }
    String clean = plainNames(message.strip().replaceAll("\\s+", " "));
    return cause instanceof NumberFormatException ? "not a number: " + clean : clean;
  }

  private static Throwable root(Throwable thrown) {
    boolean wrapper =
        thrown instanceof InvokerInvocationException
            || thrown instanceof UndeclaredThrowableException
            || thrown instanceof ExceptionInInitializerError;
    return wrapper && thrown.getCause() != null ? root(thrown.getCause()) : thrown;
  }

  private static String missingMethod(MissingMethodException missing) {
    StringBuilder arguments = new StringBuilder();
    for (Object argument : missing.getArguments()) {
      arguments.append(arguments.length() == 0 ? "" : ", ");
      Object value = argument instanceof Class<?> type ? type.getSimpleName() : argument;
      arguments.append(
          argument instanceof Class<?> ? value : Values.kind(value).replaceFirst("^an? ", ""));
    }
    return "no method `" + missing.getMethod() + "(" + arguments + ")`" + owner(missing.getType());
  }

  private static String owner(Class<?> type) {
    boolean ours =
        type == null || type == Object.class || RecipeScript.class.isAssignableFrom(type);
    if (type != null && Number.class.isAssignableFrom(type)) {
      return " in a number";
    }
    boolean block = type != null && groovy.lang.Closure.class.isAssignableFrom(type);
    return ours || block || ScriptFields.class.isAssignableFrom(type)
        ? ""
        : " in " + Values.kind(type);
  }

  /** Groovy's own classes and packages say nothing to the writer of a recipe. */
  private static String plainNames(String message) {
    return message
        .replaceAll("\\bjava\\.(?:lang|util|math)\\.(?=[A-Z])", "")
        .replaceAll(
            "\\b(?:groovy|org\\.dynocopy|org\\.codehaus\\.groovy|org\\.apache\\.groovy)(?:\\.\\w+)*\\.",
            "")
        .replace("GStringImpl", "String")
        .replaceAll("'([^']*)'", "`$1`")
        .replaceAll("DynocopyRecipe\\d+(?:\\$\\w+)*", "the recipe");
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  private static String firstLine(String text) {
    return text.strip().split("\\R", 2)[0].strip();
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
