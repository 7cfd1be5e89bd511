package org.dynocopy.dsl.groovy;

import groovy.lang.GroovyClassLoader;
import groovy.lang.Script;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.codehaus.groovy.GroovyBugError;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.classgen.ReturnAdder;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.ErrorCollector;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.SyntaxException;

/** A file on its way through the phases of Groovy's compiler, which are to be run in this order. */
public final class Compilation {

  private final CompilerConfiguration configuration;
  private final String name;
  private final String text;
  private final Unit unit;

  /**
   * Makes a compilation of one file.
   *
   * @param name the file name in stack traces
   * @param base the class of the file's statements
   */
  public Compilation(String name, String text, Class<? extends Script> base) {
    this.name = name;
    this.text = text;
    configuration = new CompilerConfiguration();
    configuration.setScriptBaseClass(base.getName());
    configuration.setDisabledGlobalASTTransformations(
        Set.of("groovy.grape.GrabAnnotationTransformation"));
    unit = unit(text);
  }

  private Unit unit(String text) {
    GroovyClassLoader loader =
        new GroovyClassLoader(Compilation.class.getClassLoader(), configuration);
    // Otherwise every unknown class name is looked for as a .groovy file on the class path.
    loader.setResourceLoader(file -> null);
    return new Unit(configuration, loader, name, text);
  }

  /** Parses the file, and returns the first syntax error. */
  public Optional<CompilerError> parse() {
    return unit.parse()
        .map(new SyntaxErrorLocator(inside -> unit(inside).parse(), text)::find)
        .map(CompilerError::of);
  }

  /** Returns the tree of what was parsed. */
  public ModuleNode module() {
    return unit.source.getAST();
  }

  /** Returns what visitors of the tree ask for. */
  public SourceUnit source() {
    return unit.source;
  }

  /** Returns the class of the file's statements, among the classes that it may define. */
  public ClassNode script() {
    ClassNode dummy = module().getScriptClassDummy();
    return module().getClasses().stream()
        .filter(type -> type.getName().equals(dummy.getName()))
        .findFirst()
        .orElse(dummy);
  }

  /** Resolves the names of classes, whatever is wrong. */
  public void resolve() {
    unit.compileTolerantly(Phases.SEMANTIC_ANALYSIS);
  }

  /** Completes the tree, and returns all that was found so far. */
  public List<CompilerError> complete() {
    unit.compileTolerantly(Phases.CANONICALIZATION);
    return errors(unit.getErrorCollector());
  }

  /**
   * Returns the type checker.
   *
   * @param isDynamic which closures have bodies that are not checked
   */
  public TypeCheck typeCheck(Predicate<ClosureExpression> isDynamic) {
    return new TypeCheck(unit.source, script(), unit, isDynamic);
  }

  /** Makes the last statement of a method its result, as generating its class does. */
  public static void addReturns(MethodNode method) {
    new ReturnAdder().visitMethod(method);
  }

  /** Generates the classes, and returns what was wrong. */
  public List<CompilerError> generate() {
    try {
      unit.compile(Phases.CLASS_GENERATION);
      return List.of();
    } catch (MultipleCompilationErrorsException e) {
      return errors(e.getErrorCollector());
    } catch (RuntimeException | GroovyBugError e) {
      return List.of(CompilerError.of(e));
    }
  }

  /** Returns the generated classes by their names. */
  public Map<String, byte[]> classes() {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    unit.getClasses().forEach(one -> classes.put(one.getName(), one.getBytes()));
    return classes;
  }

  /** Returns the classes that were generated of closures, by their names. */
  public Map<String, ? extends ClassNode> closures() {
    return unit.getAST().getGeneratedInnerClasses();
  }

  private static List<CompilerError> errors(ErrorCollector found) {
    return found.hasErrors()
        ? found.getErrors().stream().map(CompilerError::of).toList()
        : List.of();
  }

  /**
   * Goes on after errors where that is wanted, so that an unknown class does not hide the mistakes
   * in the rest of the file.
   */
  private static final class Unit extends CompilationUnit {

    private final SourceUnit source;
    private boolean tolerant;

    Unit(CompilerConfiguration configuration, GroovyClassLoader loader, String name, String text) {
      super(configuration, null, loader);
      errorCollector = new Errors(configuration);
      source = addSource(name, text);
    }

    Optional<SyntaxException> parse() {
      try {
        compile(Phases.CONVERSION);
        return Optional.empty();
      } catch (MultipleCompilationErrorsException e) {
        SyntaxException first = e.getErrorCollector().getSyntaxError(0);
        return Optional.of(first != null ? first : new SyntaxException(e.getMessage(), 1, 1));
      }
    }

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
}
