package org.dynocopy.dsl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.syntax.Types;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.dsl.source.RecipeFile;
import org.dynocopy.dsl.words.Values;

/** What a recipe's syntax tree says: where its nodes stand, and which names its code defines. */
public final class RecipeTree extends CodeVisitorSupport {

  private final RecipeFile file;
  private final Set<String> methods = new TreeSet<>();
  private final Set<String> variables = new TreeSet<>();
  private final Set<String> fields = new TreeSet<>();
  private final Map<String, List<Expression>> values = new HashMap<>();

  public RecipeTree(RecipeFile file) {
    this.file = file;
  }

  /** Collects what the code of the recipe defines. */
  public void collect(ClassNode script) {
    script.getFields().stream()
        .filter(field -> field.getLineNumber() > 0)
        .forEach(field -> fields.add(field.getName()));
    variables.addAll(fields);
    for (MethodNode method : script.getMethods()) {
      if (method.getLineNumber() > 0 && !method.getName().matches("run|main")) {
        methods.add(method.getName());
        add(method.getParameters());
      }
      if (method.getCode() != null) {
        method.getCode().visit(this);
      }
    }
  }

  @Override
  public void visitBinaryExpression(BinaryExpression expression) {
    boolean declares = expression instanceof DeclarationExpression;
    if (expression.getLeftExpression() instanceof TupleExpression several) {
      several.getExpressions().forEach(one -> assigned(one.getText(), expression, declares));
    } else if (declares || expression.getOperation().isA(Types.ASSIGNMENT_OPERATOR)) {
      Expression value = expression.getRightExpression();
      assigned(expression.getLeftExpression().getText(), value, declares);
    }
    super.visitBinaryExpression(expression);
  }

  private void assigned(String name, Expression value, boolean declares) {
    if (declares) {
      variables.add(name);
    }
    values.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
  }

  /** Returns the value of a variable that gets one in a single place. */
  Optional<Expression> onlyValue(String variable) {
    List<Expression> all = values.getOrDefault(variable, List.of());
    return all.size() == 1 ? Optional.ofNullable(all.get(0)) : Optional.empty();
  }

  @Override
  public void visitClosureExpression(ClosureExpression closure) {
    add(closure.getParameters());
    super.visitClosureExpression(closure);
  }

  @Override
  public void visitForLoop(ForStatement loop) {
    add(new Parameter[] {loop.getValueVariable()});
    super.visitForLoop(loop);
  }

  private void add(Parameter[] parameters) {
    for (Parameter parameter : parameters == null ? Parameter.EMPTY_ARRAY : parameters) {
      if (parameter != null) {
        variables.add(parameter.getName());
        // A parameter gets its values from calls.
        values.computeIfAbsent(parameter.getName(), unused -> new ArrayList<>()).add(null);
      }
    }
  }

  boolean isMethod(String name) {
    return methods.contains(name);
  }

  /** Tells whether it is a variable with {@code @Field}. */
  boolean isField(String name) {
    return fields.contains(name);
  }

  Set<String> methods() {
    return methods;
  }

  String suggestMethod(String name) {
    String near = Suggestions.suggestion(name, methods);
    return near.isEmpty() ? "" : "." + near;
  }

  /** Returns what to say of a name that is no variable. */
  String unknown(String name) {
    if (variables.contains(name)) {
      return "`"
          + name
          + "` is not known here, but elsewhere: a variable is known from its `def` on, in its"
          + " block, and in methods only with `@Field`";
    }
    String near = Suggestions.suggestion(name, variables);
    return "unknown name `" + name + "`" + (near.isEmpty() ? "" : "." + near);
  }

  /** Tells whether the method's name is written in quotes. */
  boolean isQuoted(Expression method) {
    return method instanceof GStringExpression || text(method).matches("(?s)['\"/$].*");
  }

  /** Returns the text of a node as it is written. */
  public String text(Expression node) {
    Location at =
        file.at(
            node.getLineNumber(),
            node.getColumnNumber(),
            node.getLastLineNumber(),
            node.getLastColumnNumber());
    int end = Math.min(at.text().length(), at.column() - 1 + at.length());
    return at.line() == 0 ? node.getText() : at.text().substring(at.column() - 1, end);
  }

  /** Returns what messages call the value of a literal; nothing where it is not known. */
  String kindOf(Expression expression) {
    if (expression instanceof ConstantExpression constant) {
      return Values.kind(constant.getValue());
    }
    if (expression instanceof GStringExpression) {
      return "a String";
    }
    if (expression instanceof ClosureExpression) {
      return "a block { }";
    }
    if (expression instanceof ListExpression) {
      return "a List";
    }
    return expression instanceof MapExpression ? "a Map" : "";
  }

  /** Returns where a node stands. */
  public Location at(ASTNode node) {
    return file.at(
        node.getLineNumber(),
        node.getColumnNumber(),
        node.getLastLineNumber(),
        node.getLastColumnNumber());
  }

  /** Returns where a label stands; it is before its statement, often on the same line. */
  Location label(String label, Statement statement) {
    int line = statement.getLineNumber();
    for (int above = line; above > Math.max(0, line - 3); above--) {
      Optional<Location> found = find(Pattern.quote(label) + "(?=\\s*:)", above);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return at(statement);
  }

  /** Returns where the name of a method stands in its declaration. */
  Location name(String name, MethodNode method) {
    return find(Pattern.quote(name) + "(?=\\s*\\()", method.getLineNumber()).orElse(at(method));
  }

  private Optional<Location> find(String pattern, int line) {
    String text = file.at(line).text();
    Matcher found = Pattern.compile("\\b" + pattern).matcher(text);
    if (!found.find()) {
      return Optional.empty();
    }
    int begin = text.codePointCount(0, found.start()) + 1;
    int end = text.codePointCount(0, found.end()) + 1;
    return Optional.of(file.at(line, begin, line, end));
  }

  /** Returns where the name of a call stands, without its arguments. */
  public Location word(MethodCallExpression call) {
    return at(call.getMethod().getLineNumber() > 0 ? call.getMethod() : call);
  }
}
