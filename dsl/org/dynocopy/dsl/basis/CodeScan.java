package org.dynocopy.dsl.basis;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.dynocopy.dsl.groovy.Tokens;
import org.dynocopy.dsl.source.RecipeFile;
import org.dynocopy.dsl.words.Code;

/** Notes the closures, methods and classes of a file, each as what a filter may depend on. */
public final class CodeScan extends ClassCodeVisitorSupport {

  private final RecipeFile file;
  private final ModuleNode module;
  private final Map<String, Code> byPlace = new HashMap<>();
  private final Map<String, Code> named = new HashMap<>();

  /** Looks through a file after its classes have been resolved. */
  public CodeScan(RecipeFile file, ModuleNode module) {
    this.file = file;
    this.module = module;
    for (ClassNode type : module.getClasses()) {
      if (!type.isScript()) {
        named.put(type.getName(), code(type));
      }
      visitClass(type);
    }
  }

  @Override
  protected SourceUnit getSourceUnit() {
    return null;
  }

  @Override
  public void visitMethod(MethodNode method) {
    if (method.getDeclaringClass().isScript() && method.getLineNumber() > 0) {
      // All of one name together: which of them is called shows when it runs.
      named.merge("#" + method.getName(), code(method), CodeScan::both);
    }
    super.visitMethod(method);
  }

  @Override
  public void visitClosureExpression(ClosureExpression closure) {
    byPlace.put(place(closure), code(closure));
    super.visitClosureExpression(closure);
  }

  private static Code both(Code one, Code other) {
    Set<String> names = new LinkedHashSet<>(one.names());
    names.addAll(other.names());
    Set<String> variables = new LinkedHashSet<>(one.variables());
    variables.addAll(other.variables());
    Set<String> properties = new LinkedHashSet<>(one.properties());
    properties.addAll(other.properties());
    Set<String> unknown = new LinkedHashSet<>(one.unknown());
    unknown.addAll(other.unknown());
    return new Code(
        one.text() + "\n" + other.text(),
        names,
        one.madeNames() || other.madeNames(),
        variables,
        properties,
        List.copyOf(unknown));
  }

  private Code code(ASTNode node) {
    Tokens tokens = new Tokens(text(node));
    OutsideScan outside = new OutsideScan(module);
    outside.scan(node);
    return new Code(
        tokens.text(),
        tokens.names(),
        outside.madeNames(),
        outside.named().variables(),
        outside.named().properties(),
        List.copyOf(outside.unknown()));
  }

  private String text(ASTNode node) {
    return file.text(
        node.getLineNumber(),
        node.getColumnNumber(),
        node.getLastLineNumber(),
        node.getLastColumnNumber());
  }

  private static String place(ASTNode node) {
    return node.getLineNumber() + ":" + node.getColumnNumber();
  }

  /**
   * Returns the code by the names of its classes, and the methods of the recipe as {@code #name}.
   *
   * @param closures the classes that were generated of closures, by their names
   */
  public Map<String, Code> codes(Map<String, ? extends ClassNode> closures) {
    Map<String, Code> codes = new HashMap<>(named);
    closures.forEach(
        (name, type) -> {
          Code code = byPlace.get(place(type));
          if (code != null) {
            codes.put(name, code);
          }
        });
    return codes;
  }
}
