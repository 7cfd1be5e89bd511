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
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.dynocopy.dsl.check.WordCheck.Mark;
import org.dynocopy.dsl.groovy.TypeCheck;
import org.dynocopy.dsl.source.Problems;

/** Reports arguments of the wrong type, and names and methods that cannot be there. */
public final class TypeProblems implements TypeCheck.Rules {

  private final TypeCheck types;
  private final RecipeTree tree;
  private final Problems problems;
  private final WordCheck words;
  private final Map<String, Class<?>> params;
  private final TypeNames kinds;

  /**
   * Makes rules for a type checker.
   *
   * @param params the types of the params declared so far, in other files too
   */
  public TypeProblems(
      TypeCheck types,
      RecipeTree tree,
      Problems problems,
      WordCheck words,
      Map<String, Class<?>> params) {
    this.types = types;
    this.tree = tree;
    this.problems = problems;
    this.words = words;
    this.params = params;
    this.kinds = new TypeNames(tree);
  }

  @Override
  public List<MethodNode> missingMethod(
      MethodCallExpression expression, String name, ClassNode receiver) {
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
        && TypeNames.isCertain(receiver)
        && !TypeNames.hasMethod(receiver, name)) {
      problems.add(
          tree.word(expression),
          "no method `"
              + name
              + "` in "
              + TypeNames.name(receiver)
              + TypeNames.suggest(receiver, name));
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
        ClassNode type = types.type(argument);
        int index = i;
        boolean fits =
            fitting.stream()
                .map(form -> positional(form, said).get(index).getType())
                .anyMatch(wanted -> fits(type, wanted, argument));
        if (!fits) {
          problems.add(tree.at(argument), said.word().wrong(TypeNames.name(type)));
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
    boolean sure = !isNull(argument) && TypeNames.isKnown(type) && kinds.isSure(argument);
    return !sure || TypeCheck.isAssignable(type, wanted);
  }

  @Override
  public void afterCall(MethodCallExpression call) {
    WordCall said = call.getNodeMetaData(Mark.WORD);
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
    ClassNode type = types.type(entry.getValueExpression());
    ClassNode wanted = ClassHelper.make(param.type());
    if (!fits(ClassHelper.getWrapper(type), wanted, entry.getValueExpression())) {
      String message =
          "`"
              + param.value()
              + "` of `"
              + said.word().name()
              + "` takes "
              + TypeNames.name(wanted)
              + ", not "
              + TypeNames.name(type);
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
        ClassNode type = ClassHelper.getWrapper(types.type(fallback.getValueExpression()));
        params.put(name.getText(), type.isResolved() ? type.getTypeClass() : Object.class);
      } else if (said.namesAreKnown()) {
        params.put(name.getText(), String.class);
      }
    } else {
      ClassNode type = ClassHelper.make(params.getOrDefault(name.getText(), Object.class));
      TypeCheck.infer(said.call(), type);
    }
  }

  @Override
  public void missingVariable(VariableExpression variable) {
    Block block = variable.getNodeMetaData(Mark.BLOCK);
    if (block != null && !inUnknownCall(block)) {
      problems.add(tree.at(variable), tree.unknown(variable.getName()));
    }
  }

  @Override
  public void missingProperty(PropertyExpression property) {
    if (property.getNodeMetaData(Mark.REPORTED) != null) {
      return;
    }
    ClassNode type = types.type(property.getObjectExpression());
    String name = property.getPropertyAsString();
    boolean sure = TypeNames.isCertain(type) && kinds.isSure(property.getObjectExpression());
    if (name != null && sure && !TypeNames.isCollection(type)) {
      Expression at = property.getProperty();
      problems.add(tree.at(at), "no property `" + name + "` in " + TypeNames.name(type));
    }
  }

  /**
   * Tells whether this is in a closure given to a method that the checker does not know: what names
   * mean there only shows when it runs.
   */
  private boolean inUnknownCall(Block block) {
    return block.loose() || !block.around().stream().allMatch(TypeCheck::isResolved);
  }
}
