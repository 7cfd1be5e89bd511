package org.dynocopy.dsl.check;

import groovy.lang.GroovyClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.codehaus.groovy.GroovyBugError;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.syntax.SyntaxException;
import org.codehaus.groovy.tools.GroovyClass;
import org.dynocopy.dsl.words.Problems;
import org.dynocopy.dsl.words.RecipeFile;
import org.dynocopy.dsl.words.RecipeScript;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.plan.Location;

/**
 * Compiles a recipe and checks it, step by step: syntax, names of classes, words, types, classes.
 */
public final class Compiler {

  private static final ClassLoader PARENT = Compiler.class.getClassLoader();

  private final Problems problems;
  private final BiConsumer<RecipeFile, Include> includes;
  private final Map<String, ClassNode> params = new HashMap<>();
  private final Map<Location, String> paramReads = new LinkedHashMap<>();
  private int files;

  /**
   * An include whose path is written in the recipe.
   *
   * @param path as written
   * @param at where
   */
  public record Include(String path, Location at) {}

  /**
   * Makes a compiler for a recipe and what it includes.
   *
   * @param problems where mistakes go
   * @param includes compiles what a file includes, so that its mistakes are found as well
   */
  public Compiler(Problems problems, BiConsumer<RecipeFile, Include> includes) {
    this.problems = problems;
    this.includes = includes;
  }

  /** Returns the params that the recipe's files read, by where. */
  public Map<Location, String> paramReads() {
    return paramReads;
  }

  /** Returns the compiled recipe, or nothing after reporting what is wrong. */
  public Optional<RecipeScript> compile(RecipeFile file) {
    int before = problems.count();
    // Our own name, not the file's: `String.groovy` would hide String.
    String source = "DynocopyRecipe" + files++ + ".groovy";
    CompilerConfiguration configuration = configuration();
    TolerantUnit unit = unit(configuration, source, file.text());
    Optional<SyntaxException> syntax = parse(unit);
    if (syntax.isPresent()) {
      InnerSyntax search = new InnerSyntax(inside -> parse(unit(configuration, source, inside)));
      SyntaxException exact = search.find(file.text(), syntax.get());
      SyntaxProblems.report(exact, file, problems);
      return Optional.empty();
    }
    ModuleNode module = unit.source().getAST();
    RecipeTree tree = new RecipeTree(file);
    new GrabCheck(tree, problems).check(module);
    unit.compileTolerantly(Phases.SEMANTIC_ANALYSIS);
    ClassNode script = script(module);
    tree.collect(script);
    WordCheck words = new WordCheck(tree, problems, call -> include(call, file, tree));
    words.check(script);
    paramReads.putAll(words.paramReads());
    unit.compileTolerantly(Phases.CANONICALIZATION);
    SyntaxProblems.report(unit.getErrorCollector(), file, problems);
    checkTypes(unit, tree, words);
    if (problems.count() > before) {
      return Optional.empty();
    }
    List<Site> sites = new ArrayList<>();
    for (WordCall call : words.calls()) {
      sites.add(call.site(tree));
      call.locate(sites.size() - 1);
    }
    if (!compile(unit, Phases.CLASS_GENERATION, file)) {
      return Optional.empty();
    }
    RecipeScript recipe = load(unit, script.getName());
    recipe.compiledFrom(source, file, sites);
    return Optional.of(recipe);
  }

  /** Returns the class of the recipe's statements, among the classes that a recipe may define. */
  private static ClassNode script(ModuleNode module) {
    String name = module.getScriptClassDummy().getName();
    return module.getClasses().stream()
        .filter(type -> type.getName().equals(name))
        .findFirst()
        .orElse(module.getScriptClassDummy());
  }

  private static TolerantUnit unit(CompilerConfiguration configuration, String name, String text) {
    GroovyClassLoader loader = new GroovyClassLoader(PARENT, configuration);
    // Otherwise every unknown class name is looked for as a .groovy file on the class path.
    loader.setResourceLoader(file -> null);
    return new TolerantUnit(configuration, loader, name, text);
  }

  /** Parses; returns the first syntax error. */
  private static Optional<SyntaxException> parse(TolerantUnit unit) {
    try {
      unit.compile(Phases.CONVERSION);
      return Optional.empty();
    } catch (MultipleCompilationErrorsException e) {
      SyntaxException first = e.getErrorCollector().getSyntaxError(0);
      return Optional.of(first != null ? first : new SyntaxException(e.getMessage(), 1, 1));
    }
  }

  private static CompilerConfiguration configuration() {
    CompilerConfiguration configuration = new CompilerConfiguration();
    configuration.setScriptBaseClass(RecipeScript.class.getName());
    configuration.setDisabledGlobalASTTransformations(
        Set.of("groovy.grape.GrabAnnotationTransformation"));
    return configuration;
  }

  private boolean compile(CompilationUnit unit, int phase, RecipeFile file) {
    try {
      unit.compile(phase);
      return true;
    } catch (MultipleCompilationErrorsException e) {
      SyntaxProblems.report(e.getErrorCollector(), file, problems);
      return false;
    } catch (RuntimeException | GroovyBugError e) {
      problems.add(file.at(1), "Groovy cannot compile this: " + SyntaxProblems.clean(e.toString()));
      return false;
    }
  }

  private void include(WordCall call, RecipeFile file, RecipeTree tree) {
    if (call.positional().size() == 1
        && call.positional().get(0) instanceof ConstantExpression path
        && path.getValue() instanceof String text) {
      includes.accept(file, new Include(text, tree.word(call.call())));
    }
  }

  private void checkTypes(TolerantUnit unit, RecipeTree tree, WordCheck words) {
    ModuleNode module = unit.source().getAST();
    TypeCheck check = new TypeCheck(unit.source(), script(module), unit);
    check.addTypeCheckingExtension(new TypeExtension(check, tree, problems, words, params));
    check.initialize();
    List<ClassNode> types =
        module.getClasses().stream().filter(type -> type.getOuterClass() == null).toList();
    try {
      types.forEach(check::visitClass);
    } catch (RuntimeException | GroovyBugError e) {
      // Groovy's checker has its own bugs, and stumbles over classes that are unknown. What it
      // leaves unchecked is still checked when the words are said.
    }
  }

  private static RecipeScript load(CompilationUnit unit, String name) {
    Classes classes = new Classes();
    unit.getClasses().forEach(classes::add);
    if (!classes.has(name)) {
      return new NoStatements();
    }
    try {
      return (RecipeScript) classes.loadClass(name).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a compiled recipe cannot be loaded", e);
    }
  }

  /** A recipe that only defines classes. */
  private static final class NoStatements extends RecipeScript {
    @Override
    public Object run() {
      return null;
    }
  }

  private static final class Classes extends ClassLoader {
    private final Map<String, byte[]> code = new HashMap<>();

    Classes() {
      super(PARENT);
    }

    boolean has(String name) {
      return code.containsKey(name);
    }

    void add(GroovyClass one) {
      code.put(one.getName(), one.getBytes());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = code.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
