package org.dynocopy.dsl.values;

import groovy.lang.Closure;
import java.util.Arrays;
import java.util.Set;
import org.codehaus.groovy.runtime.MethodClosure;

/**
 * {@code value::method} or {@code value.&method}: Java calls it with what it has, and a recipe gets
 * what it returns, so that both are made values of tables.
 */
public final class Reference extends Closure<Object> {

  private static final long serialVersionUID = 1;

  /** Methods of Integer, Long and Math that Java would do with ints. */
  private static final Set<String> OF_TWO = Set.of("sum", "max", "min");

  private final transient Closure<?> method;

  private Reference(Closure<?> method) {
    super(method.getOwner(), method.getThisObject());
    this.method = method;
    parameterTypes = method.getParameterTypes();
    maximumNumberOfParameters = method.getMaximumNumberOfParameters();
  }

  /** Returns a reference to a method that follows the rules of tables. */
  public static Object of(Object method) {
    return method instanceof Closure<?> closure ? new Reference(closure) : method;
  }

  @Override
  public Object call(Object... arguments) {
    Object[] values = new Object[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Data.of(arguments[i]);
    }
    int count = values.length;
    boolean two = count == 2 && values[0] instanceof Number && values[1] instanceof Number;
    if (two && method instanceof MethodClosure of && OF_TWO.contains(of.getMethod())) {
      return of.getMethod().equals("sum")
          ? Numbers.plus(values[0], values[1])
          : Numbers.math(of.getMethod(), values[0], values[1]);
    }
    if (method instanceof MethodClosure one && Calls.does(one.getMethod(), count, false)) {
      if (!(one.getOwner() instanceof Class<?> type)) {
        return Calls.call(one.getOwner(), one.getMethod(), false, values);
      }
      // Long::intValue: a number may have another class here.
      boolean number = values.length > 0 && values[0] instanceof Number;
      if (number && Number.class.isAssignableFrom(type)) {
        Object[] others = Arrays.copyOfRange(values, 1, values.length);
        return Calls.call(values[0], one.getMethod(), false, others);
      }
    }
    return Data.of(method.call(values));
  }

  @Override
  public Object call(Object argument) {
    return call(new Object[] {argument});
  }

  @Override
  public Object call() {
    return call(new Object[0]);
  }
}
