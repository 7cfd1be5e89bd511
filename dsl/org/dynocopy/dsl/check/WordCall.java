package org.dynocopy.dsl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.dsl.words.Vocabulary.Entry;

/**
 * A word as it is said in a recipe, with its arguments taken apart.
 *
 * @param word which word
 * @param call its node
 * @param named the named arguments, if there are any
 * @param positional the other arguments
 */
public record WordCall(
    Entry word,
    MethodCallExpression call,
    Optional<MapExpression> named,
    List<Expression> positional) {

  static WordCall of(Entry word, MethodCallExpression call) {
    Optional<MapExpression> named = Optional.empty();
    List<Expression> positional = new ArrayList<>();
    boolean takesNames = !word.named().isEmpty();
    for (Expression argument : ((TupleExpression) call.getArguments()).getExpressions()) {
      // Groovy puts the named arguments of a call first, into one map.
      boolean first = named.isEmpty() && positional.isEmpty();
      if (first && argument instanceof MapExpression map && (takesNames || isNamed(map))) {
        named = Optional.of(map);
      } else {
        positional.add(argument);
      }
    }
    return new WordCall(word, call, named, positional);
  }

  /** Tells {@code a: 1} from {@code [a: 1]}: the brackets begin before the first name. */
  private static boolean isNamed(MapExpression map) {
    List<MapEntryExpression> entries = map.getMapEntryExpressions();
    return !entries.isEmpty()
        && map.getLineNumber() == entries.get(0).getLineNumber()
        && map.getColumnNumber() == entries.get(0).getColumnNumber();
  }

  /** Tells whether the number of arguments is only known when the recipe runs. */
  boolean spreads() {
    return positional.stream().anyMatch(SpreadExpression.class::isInstance);
  }

  /** Returns the entries with names that are written there, by name. */
  Map<String, MapEntryExpression> entries() {
    Map<String, MapEntryExpression> entries = new LinkedHashMap<>();
    named.ifPresent(
        map ->
            map.getMapEntryExpressions().stream()
                .filter(entry -> entry.getKeyExpression() instanceof ConstantExpression)
                .forEach(entry -> entries.put(entry.getKeyExpression().getText(), entry)));
    return entries;
  }

  /** Tells whether all names are written there, with no {@code *: map}. */
  boolean namesAreKnown() {
    return named.map(map -> map.getMapEntryExpressions().size()).orElse(0) == entries().size();
  }

  public Site site(RecipeTree tree) {
    Map<String, Location> names = new HashMap<>();
    entries().forEach((name, entry) -> names.put(name, tree.at(entry.getKeyExpression())));
    return new Site(tree.word(call), names);
  }

  /**
   * Wraps the last argument, so that the word knows at run time where it stands. Nothing else is
   * evaluated between the last argument and the word; the line numbers of stack frames would not
   * do: they have no columns, and a call's frame can carry the line of one of its arguments.
   */
  public void locate(int site) {
    List<Expression> arguments = new ArrayList<>();
    named.ifPresent(map -> arguments.add(plain(map)));
    arguments.addAll(positional);
    if (arguments.isEmpty()) {
      // No argument to wrap: spread an empty list.
      Expression none = new ListExpression();
      arguments.add(new SpreadExpression(at(site, none)));
    } else {
      int last = arguments.size() - 1;
      Expression argument = arguments.get(last);
      boolean spread = argument instanceof SpreadExpression;
      Expression inner = spread ? ((SpreadExpression) argument).getExpression() : argument;
      Expression wrapped = at(site, inner);
      arguments.set(last, spread ? new SpreadExpression(wrapped) : wrapped);
    }
    call.setArguments(new ArgumentListExpression(arguments));
  }

  /** A NamedArgumentListExpression is no expression of its own: it must stand as a map. */
  private static MapExpression plain(MapExpression map) {
    MapExpression plain = new MapExpression(map.getMapEntryExpressions());
    plain.setSourcePosition(map);
    return plain;
  }

  private static Expression at(int site, Expression argument) {
    MethodCallExpression at =
        new MethodCallExpression(
            new VariableExpression("this"),
            "at$",
            new ArgumentListExpression(new ConstantExpression(site, true), argument));
    at.setImplicitThis(false);
    return at;
  }
}
