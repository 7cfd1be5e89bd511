package org.dynocopy.dsl.check;

import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.dynocopy.dsl.source.Problems;

/** Refuses {@code @Grab} and its kin, wherever they stand: a recipe cannot load libraries. */
public final class GrabCheck extends CodeVisitorSupport {

  private final RecipeTree tree;
  private final Problems problems;

  public GrabCheck(RecipeTree tree, Problems problems) {
    this.tree = tree;
    this.problems = problems;
  }

  public void check(ModuleNode module) {
    List<AnnotatedNode> nodes = new ArrayList<>();
    nodes.addAll(module.getImports());
    nodes.addAll(module.getStarImports());
    nodes.addAll(module.getStaticImports().values());
    nodes.addAll(module.getStaticStarImports().values());
    if (module.getPackage() != null) {
      nodes.add(module.getPackage());
    }
    for (ClassNode type : module.getClasses()) {
      nodes.add(type);
      nodes.addAll(type.getFields());
      nodes.addAll(type.getMethods());
    }
    nodes.forEach(this::check);
    module.getStatementBlock().visit(this);
  }

  @Override
  public void visitDeclarationExpression(DeclarationExpression declaration) {
    check(declaration);
    super.visitDeclarationExpression(declaration);
  }

  private void check(AnnotatedNode node) {
    for (AnnotationNode annotation : node.getAnnotations()) {
      String name = annotation.getClassNode().getNameWithoutPackage();
      if (name.matches("Grab(|Resolver|Exclude|Config)|Grapes")) {
        problems.add(
            tree.at(annotation), "`@" + name + "` is refused: a recipe cannot load libraries");
      }
    }
  }
}
