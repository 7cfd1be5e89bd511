package org.dynocopy.dsl.words;

import groovy.lang.Closure;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.dynocopy.dsl.values.TableMap;
import org.dynocopy.plan.ClientFilter;
import org.dynocopy.plan.Location;

/**
 * A recipe's {@code filter { }}, made safe to call from many threads.
 *
 * <p>Its delegate knows no words: a misspelt name fails, instead of being looked up in the copy
 * around it. The recipe's variables, methods and {@code param} do not go through the delegate.
 */
final class FilterBlock {

  private final Closure<?> closure;
  private final Location at;
  private final Evaluation evaluation;

  FilterBlock(Closure<?> closure, Location at, Evaluation evaluation) {
    ScriptFields fields = new ScriptFields();
    fields.of(closure.getThisObject());
    this.closure = closure.rehydrate(fields, fields, closure.getThisObject());
    this.closure.setResolveStrategy(Closure.DELEGATE_ONLY);
    this.at = at;
    this.evaluation = evaluation;
  }

  ClientFilter filter() {
    return new ClientFilter(this::keep, at, Optional.of(evaluation.basis(closure)));
  }

  private boolean keep(Map<String, Object> item) throws FilterFailedException {
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

  private FilterFailedException failed(Throwable e) {
    Location where = evaluation.place(e).orElse(at);
    return new FilterFailedException(where + ": the filter failed: " + Cause.sentence(e), e);
  }
}
