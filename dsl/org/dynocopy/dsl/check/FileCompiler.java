package org.dynocopy.dsl.check;

import groovy.lang.GroovyClassLoader;
import java.util.ArrayList;
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
import org.dynocopy.dsl.kept.Compiled;
import org.dynocopy.dsl.kept.Compiled.Include;
import org.dynocopy.dsl.words.Problems;
import org.dynocopy.dsl.words.RecipeFile;
import org.dynocopy.dsl.words.RecipeScript;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.plan.Location;

/** Compiles a file and checks it, step by step: syntax, names of classes, words, types, classes. */
final class FileCompiler {

  private static final ClassLoader PARENT = FileCompiler.class.getClassLoader();

  private final String source;
  private final RecipeFile file;
  private final Problems problems;
  private final BiConsumer<RecipeFile, Include> includes;
  private final Map<String, Class<?>> params;
  private final Map<Location, String> paramReads;
  private final List<Include> included = new ArrayList<>();

  /**
   * Makes a compiler.
   *
   * @param source the file name in stack traces
   * @param includes compiles what the file includes
   * @param params the types of the params declared so far, in other files too; it adds to them
   * @param paramReads where params are read, in other files too; it adds to them
   */
  FileCompiler(
      String source,
      RecipeFile file,
      Problems problems,
      BiConsumer<RecipeFile, Include> includes,
      Map<String, Class<?>> params,
      Map<Location, String> paramReads) {
    this.source = source;
    this.file = file;
    this.problems = problems;
    this.includes = includes;
    this.params = params;
    this.paramReads = paramReads;
  }

  /** Returns what it gave, or nothing after reporting what is wrong. */
  Optional<Compiled> compile() {
    int before = problems.count();
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
    new ExitCheck(tree, problems).check(module);
    WordCheck words = new WordCheck(tree, problems, call -> include(call, tree));
    words.check(script);
    paramReads.putAll(words.paramReads());
    new ReflectionCheck(tree, problems).check(module);
    DataCheck data = new DataCheck(unit.source(), tree, problems);
    List.copyOf(module.getClasses()).forEach(data::visitClass);
    unit.compileTolerantly(Phases.CANONICALIZATION);
    SyntaxProblems.report(unit.getErrorCollector(), file, problems);
    Map<String, Class<?>> paramsBefore = Map.copyOf(params);
    checkTypes(unit, tree, words);
    if (problems.count() > before) {
      return Optional.empty();
    }
    CodeScan scan = new CodeScan(file, module);
    List<Site> sites = new ArrayList<>();
    for (WordCall call : words.calls()) {
      sites.add(call.site(tree));
      call.locate(sites.size() - 1);
    }
    TableCode code = new TableCode(unit.source());
    List.copyOf(module.getClasses()).forEach(code::visitClass);
    if (!generate(unit)) {
      return Optional.empty();
    }
    Map<String, byte[]> classes = new LinkedHashMap<>();
    unit.getClasses().forEach(one -> classes.put(one.getName(), one.getBytes()));
    return Optional.of(
        new Compiled(
            script.getName(),
            classes,
            scan.codes(unit),
            sites,
            included,
            words.paramReads(),
            paramsBefore,
            Map.copyOf(params)));
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

  private boolean generate(CompilationUnit unit) {
    try {
      unit.compile(Phases.CLASS_GENERATION);
      return true;
    } catch (MultipleCompilationErrorsException e) {
      SyntaxProblems.report(e.getErrorCollector(), file, problems);
      return false;
    } catch (RuntimeException | GroovyBugError e) {
      problems.add(file.at(1), "Groovy cannot compile this: " + SyntaxProblems.clean(e.toString()));
      return false;
    }
  }

  private void include(WordCall call, RecipeTree tree) {
    if (call.positional().size() == 1
        && call.positional().get(0) instanceof ConstantExpression path
        && path.getValue() instanceof String text) {
      Include include = new Include(text, tree.word(call.call()));
      included.add(include);
      includes.accept(file, include);
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
}
