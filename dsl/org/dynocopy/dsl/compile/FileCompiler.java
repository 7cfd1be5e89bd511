package org.dynocopy.dsl.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.basis.CodeScan;
import org.dynocopy.dsl.cache.CompiledRecipe;
import org.dynocopy.dsl.cache.CompiledRecipe.Include;
import org.dynocopy.dsl.check.ExitCheck;
import org.dynocopy.dsl.check.GrabCheck;
import org.dynocopy.dsl.check.RecipeTree;
import org.dynocopy.dsl.check.ReflectionCheck;
import org.dynocopy.dsl.check.SyntaxProblems;
import org.dynocopy.dsl.check.TypeProblems;
import org.dynocopy.dsl.check.WordCall;
import org.dynocopy.dsl.check.WordCheck;
import org.dynocopy.dsl.check.WordCheck.Mark;
import org.dynocopy.dsl.groovy.Compilation;
import org.dynocopy.dsl.groovy.CompilerError;
import org.dynocopy.dsl.groovy.TypeCheck;
import org.dynocopy.dsl.source.Problems;
import org.dynocopy.dsl.source.RecipeFile;
import org.dynocopy.dsl.table.DataCheck;
import org.dynocopy.dsl.table.TableCode;
import org.dynocopy.dsl.words.RecipeScript;
import org.dynocopy.dsl.words.RecipeScript.Site;

/** Compiles a file and checks it, step by step: syntax, names of classes, words, types, classes. */
final class FileCompiler {

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
  Optional<CompiledRecipe> compile() {
    int before = problems.count();
    Compilation unit = new Compilation(source, file.text(), RecipeScript.class);
    Optional<CompilerError> syntax = unit.parse();
    if (syntax.isPresent()) {
      SyntaxProblems.report(syntax.get(), file, problems);
      return Optional.empty();
    }
    ModuleNode module = unit.module();
    RecipeTree tree = new RecipeTree(file);
    new GrabCheck(tree, problems).check(module);
    unit.resolve();
    ClassNode script = unit.script();
    tree.collect(script);
    new ExitCheck(tree, problems).check(module);
    WordCheck words = new WordCheck(tree, problems, call -> include(call, tree));
    words.check(script);
    paramReads.putAll(words.paramReads());
    new ReflectionCheck(tree, problems).check(module);
    DataCheck data = new DataCheck(unit.source(), tree, problems);
    List.copyOf(module.getClasses()).forEach(data::visitClass);
    report(unit.complete());
    Map<String, Class<?>> paramsBefore = Map.copyOf(params);
    TypeCheck types = unit.typeCheck(code -> code.getNodeMetaData(Mark.DYNAMIC) != null);
    types.run(new TypeProblems(types, tree, problems, words, params));
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
    report(unit.generate());
    if (problems.count() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new CompiledRecipe(
            script.getName(),
            unit.classes(),
            scan.codes(unit.closures()),
            sites,
            included,
            words.paramReads(),
            paramsBefore,
            Map.copyOf(params)));
  }

  private void report(List<CompilerError> errors) {
    errors.forEach(error -> SyntaxProblems.report(error, file, problems));
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
}
