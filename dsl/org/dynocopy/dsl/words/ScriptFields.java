package org.dynocopy.dsl.words;

import groovy.lang.DelegatingMetaClass;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.MetaClass;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import java.util.Arrays;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * What a block sees besides its words: a recipe's variables with {@code @Field}, and nothing else.
 * Groovy looks names up in the block's delegate, which this is.
 */
class ScriptFields extends GroovyObjectSupport {

  private Object script;

  ScriptFields() {
    setMetaClass(new Lookup(InvokerHelper.getMetaClass(getClass())));
  }

  /** Says whose fields they are. */
  final void of(Object script) {
    this.script = script;
  }

  private boolean isField(String name) {
    return script instanceof RecipeScript
        && Arrays.stream(script.getClass().getDeclaredFields())
            .anyMatch(field -> field.getName().equals(name) && !field.isSynthetic());
  }

  /**
   * A meta class and not {@code propertyMissing}, which the type checker would take for a promise
   * that every name is there.
   */
  private final class Lookup extends DelegatingMetaClass {

    Lookup(MetaClass meta) {
      super(meta);
    }

    @Override
    public Object getProperty(Object words, String name) {
      if (!isField(name)) {
        // Not even our own fields, which Groovy would find although they are private.
        throw new MissingPropertyException(name, words.getClass());
      }
      return ((Script) script).getProperty(name);
    }

    @Override
    public void setProperty(Object words, String name, Object value) {
      if (!isField(name)) {
        throw new MissingPropertyException(name, words.getClass());
      }
      ((Script) script).setProperty(name, value);
    }
  }
}
