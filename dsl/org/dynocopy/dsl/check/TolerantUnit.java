package org.dynocopy.dsl.check;

import groovy.lang.GroovyClassLoader;
import org.codehaus.groovy.GroovyBugError;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.ErrorCollector;
import org.codehaus.groovy.control.SourceUnit;

/**
 * A compilation that goes on after errors when told to, so that an unknown class does not hide the
 * mistakes in the rest of the recipe.
 */
final class TolerantUnit extends CompilationUnit {

  private final SourceUnit source;
  private boolean tolerant;

  TolerantUnit(
      CompilerConfiguration configuration, GroovyClassLoader loader, String name, String text) {
    super(configuration, null, loader);
    errorCollector = new Errors(configuration);
    source = addSource(name, text);
  }

  SourceUnit source() {
    return source;
  }

  /** Compiles up to a phase whatever is wrong; the errors are in the error collector. */
  void compileTolerantly(int phase) {
    tolerant = true;
    try {
      compile(phase);
    } catch (RuntimeException | GroovyBugError e) {
      if (!errorCollector.hasErrors()) {
        throw e;
      }
      // The compiler stumbled over what an error left behind, and the error is there.
    } finally {
      tolerant = false;
    }
  }

  private final class Errors extends ErrorCollector {

    private static final long serialVersionUID = 1;

    Errors(CompilerConfiguration configuration) {
      super(configuration);
    }

    @Override
    protected void failIfErrors() {
      if (!tolerant) {
        super.failIfErrors();
      }
    }
  }
}
