package org.dynocopy.dsl.check;

import groovy.transform.NamedParam;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MethodCall;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingSupport;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingVisitor;
import org.codehaus.groovy.transform.stc.StaticTypesMarker;
import org.codehaus.groovy.transform.stc.TypeCheckingExtension;
import org.dynocopy.dsl.check.WordCheck.Mark;
import org.dynocopy.dsl.words.Problems;

/** Reports arguments of the wrong type, and names and methods that cannot be there. */
final class TypeExtension extends TypeCheckingExtension {

  private final RecipeTree tree;
  private final Problems problems;
  private final WordCheck words;
  private final Map<String, Class<?>> params;
  private final Kinds kinds;

  /**
   * Makes an extension.
   *
   * @param params the types of the params declared so far, in other files too
   */
  TypeExtension(
      StaticTypeCheckingVisitor visitor,
      RecipeTree tree,
      Problems problems,
      WordCheck words,
      Map<String, Class<?>> params) {
    super(visitor);
    this.tree = tree;
    this.problems = problems;
    this.words = words;
    this.params = params;
    this.kinds = new Kinds(tree);
  }

  @Override
  public List<MethodNode> handleMissingMethod(
      ClassNode receiver,
      String name,
      ArgumentListExpression arguments,
      ClassNode[] types,
      MethodCall call) {
    if (!(call instanceof MethodCallExpression expression)) {
      return List.of();
    }
    WordCall word = expression.getNodeMetaData(Mark.WORD);
    if (word != null) {
      return form(word);
    }
    Block block = expression.getNodeMetaData(Mark.BLOCK);
    if (block != null) {
      if (expression.getNodeMetaData(Mark.REPORTED) == null && !inUnknownCall(block)) {
        problems.add(tree.word(expression), words.unknown(name, block));
      }
    } else if (expression.getNodeMetaData(Mark.REPORTED) == null
        && kinds.isSure(expression.getObjectExpression())
        && Kinds.isCertain(receiver)
        && !Kinds.hasMethod(receiver, name)) {
      problems.add(
          tree.word(expression),
          "no method `" + name + "` in " + Kinds.name(receiver) + Kinds.suggest(receiver, name));
    }
    return List.of();
  }

  /** Reports the first argument of the wrong type, and goes on as if it were right. */
  private List<MethodNode> form(WordCall said) {
    List<MethodNode> forms = new ArrayList<>();
    for (Method form : said.word().forms()) {
      for (MethodNode node :
          ClassHelper.make(form.getDeclaringClass()).getMethods(form.getName())) {
        if (node.getParameters().length == form.getParameterCount()) {
          forms.add(node);
        }
      }
    }
    List<MethodNode> fitting =
        forms.stream()
            .filter(form -> positional(form, said).size() == said.positional().size())
            .toList();
    boolean checked = said.call().getNodeMetaData(Mark.REPORTED) == null && !said.spreads();
    if (checked && !fitting.isEmpty()) {
      for (int i = 0; i < said.positional().size(); i++) {
        Expression argument = said.positional().get(i);
        ClassNode type = getType(argument);
        int index = i;
        boolean fits =
            fitting.stream()
                .map(form -> positional(form, said).get(index).getType())
                .anyMatch(wanted -> fits(type, wanted, argument));
        if (!fits) {
          problems.add(tree.at(argument), said.word().wrong(Kinds.name(type)));
          break;
        }
      }
    }
    return forms.isEmpty() ? List.of() : List.of(fitting.isEmpty() ? forms.get(0) : fitting.get(0));
  }

  /** Returns the parameters for the arguments without names, varargs repeated as often as said. */
  private static List<Parameter> positional(MethodNode form, WordCall said) {
    List<Parameter> parameters = new ArrayList<>(List.of(form.getParameters()));
    boolean takesNames =
        !parameters.isEmpty() && parameters.get(0).getType().equals(ClassHelper.MAP_TYPE);
    if (takesNames) {
      parameters.remove(0);
    } else if (said.named().isPresent()) {
      return List.of();
    }
    int last = parameters.size() - 1;
    if (last >= 0 && parameters.get(last).getType().isArray()) {
      ClassNode one = parameters.remove(last).getType().getComponentType();
      while (parameters.size() < said.positional().size()) {
        parameters.add(new Parameter(one, "each"));
      }
    }
    return parameters;
  }

  private boolean fits(ClassNode type, ClassNode wanted, Expression argument) {
    boolean sure = !isNull(argument) && Kinds.isKnown(type) && kinds.isSure(argument);
    return !sure || StaticTypeCheckingSupport.isAssignableTo(type, wanted);
  }

  @Override
  public void afterMethodCall(MethodCall call) {
    if (!(call instanceof MethodCallExpression expression)) {
      return;
    }
    WordCall said = expression.getNodeMetaData(Mark.WORD);
    if (said == null) {
      return;
    }
    nulls(said);
    said.entries().forEach((name, entry) -> namedType(said, said.word().named().get(name), entry));
    if (said.word().name().equals("param")) {
      param(said);
    }
  }

  /** The checker lets null stand for a number. */
  private void nulls(WordCall said) {
    for (Expression argument : said.positional()) {
      boolean reported = said.call().getNodeMetaData(Mark.REPORTED) != null;
      if (!reported && isNull(argument)) {
        problems.add(tree.at(argument), said.word().wrong("null"));
      }
    }
  }

  private static boolean isNull(Expression argument) {
    return argument instanceof ConstantExpression constant && constant.isNullExpression();
  }

  private void namedType(WordCall said, NamedParam param, MapEntryExpression entry) {
    if (param == null || param.type() == Object.class) {
      return;
    }
    ClassNode type = getType(entry.getValueExpression());
    ClassNode wanted = ClassHelper.make(param.type());
    if (!fits(ClassHelper.getWrapper(type), wanted, entry.getValueExpression())) {
      String message =
          "`"
              + param.value()
              + "` of `"
              + said.word().name()
              + "` takes "
              + Kinds.name(wanted)
              + ", not "
              + Kinds.name(type);
      problems.add(tree.at(entry.getValueExpression()), message);
    }
  }

  /** A param has the type of its default; this is how a read of it gets that type. */
  private void param(WordCall said) {
    if (said.positional().size() != 1
        || !(said.positional().get(0) instanceof ConstantExpression name)) {
      return;
    }
    if (said.named().isPresent()) {
      MapEntryExpression fallback = said.entries().get("default");
      if (fallback != null) {
        ClassNode type = ClassHelper.getWrapper(getType(fallback.getValueExpression()));
        params.put(name.getText(), type.isResolved() ? type.getTypeClass() : Object.class);
      } else if (said.namesAreKnown()) {
        params.put(name.getText(), String.class);
      }
    } else {
      ClassNode type = ClassHelper.make(params.getOrDefault(name.getText(), Object.class));
      said.call().putNodeMetaData(StaticTypesMarker.INFERRED_TYPE, type);
    }
  }

  @Override
  public boolean handleUnresolvedVariableExpression(VariableExpression variable) {
    Block block = variable.getNodeMetaData(Mark.BLOCK);
    if (block != null && !inUnknownCall(block)) {
      problems.add(tree.at(variable), tree.unknown(variable.getName()));
    }
    return true;
  }

  @Override
  public boolean handleUnresolvedProperty(PropertyExpression property) {
    if (property.getNodeMetaData(Mark.REPORTED) != null) {
      return true;
    }
    ClassNode type = getType(property.getObjectExpression());
    String name = property.getPropertyAsString();
    boolean sure = Kinds.isCertain(type) && kinds.isSure(property.getObjectExpression());
    if (name != null && sure && !Kinds.isCollection(type)) {
      Expression at = property.getProperty();
      problems.add(tree.at(at), "no property `" + name + "` in " + Kinds.name(type));
    }
    return true;
  }

  /**
   * Tells whether this is in a closure given to a method that the checker does not know: what names
   * mean there only shows when it runs.
   */
  private boolean inUnknownCall(Block block) {
    return block.loose() || block.around().stream().anyMatch(call -> getTargetMethod(call) == null);
  }
}
