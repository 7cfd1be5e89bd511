package org.dynocopy.dsl.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.control.SourceUnit;
import org.dynocopy.dsl.source.Problems;

/** Goes through all code of a recipe to refuse calls; a recipe's own methods are its own. */
abstract class CallCheck extends ClassCodeVisitorSupport {

  final RecipeTree tree;
  final Problems problems;

  /** The names of the methods that the recipe has. */
  final Set<String> own = new HashSet<>();

  CallCheck(RecipeTree tree, Problems problems) {
    this.tree = tree;
    this.problems = problems;
  }

  public final void check(ModuleNode module) {
    for (ClassNode type : module.getClasses()) {
      type.getMethods().stream()
          .filter(method -> method.getLineNumber() > 0)
          .map(MethodNode::getName)
          .forEach(own::add);
    }
    List.copyOf(module.getClasses()).forEach(this::visitClass);
  }

  @Override
  protected final SourceUnit getSourceUnit() {
    return null;
  }
}
