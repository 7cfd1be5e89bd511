package org.dynocopy.dsl.words;

import groovy.lang.Closure;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.values.TableMap;
import org.dynocopy.spec.ClientFilter;

/**
 * A recipe's {@code filter { }}, made safe to call from many threads.
 *
 * <p>Its delegate knows no words: a misspelt name fails, instead of being looked up in the copy
 * around it. The recipe's variables, methods and {@code param} do not go through the delegate.
 */
final class FilterBlock implements ClientFilter.Test {

  private final Closure<?> closure;
  private final Location at;
  private final Evaluation evaluation;

  FilterBlock(Closure<?> closure, Location at, Evaluation evaluation) {
    this.closure = isWritten(closure) ? withFieldsAlone(closure) : closure;
    this.at = at;
    this.evaluation = evaluation;
  }

  /**
   * Groovy's own, as of a method or curried, are around another one, which they call their owner.
   */
  private static boolean isWritten(Closure<?> closure) {
    return !closure.getClass().getName().startsWith("org.codehaus.groovy.runtime.");
  }

  private static Closure<?> withFieldsAlone(Closure<?> closure) {
    ScriptFields fields = new ScriptFields();
    fields.of(closure.getThisObject());
    Closure<?> bound = closure.rehydrate(fields, fields, closure.getThisObject());
    bound.setResolveStrategy(Closure.DELEGATE_ONLY);
    return bound;
  }

  ClientFilter filter() {
    return new ClientFilter(this, at, Optional.of(evaluation.basis(closure)));
  }

  @Override
  public boolean keep(Map<String, Object> item) throws FilterFailedException {
    try {
      return DefaultTypeTransformation.castToBoolean(closure.call(new TableMap(item)));
    } catch (VirtualMachineError e) {
      if (e instanceof StackOverflowError) {
        throw failed(e);
      }
      throw e;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public Optional<Location> place(StackTraceElement[] frames) {
    return evaluation.place(frames);
  }

  private FilterFailedException failed(Throwable e) {
    Location where = place(e.getStackTrace()).orElse(at);
    return new FilterFailedException(where + ": the filter failed: " + FailureCause.sentence(e), e);
  }
}
