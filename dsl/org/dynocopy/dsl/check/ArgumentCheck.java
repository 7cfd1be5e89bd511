package org.dynocopy.dsl.check;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.dsl.check.WordCheck.Mark;
import org.dynocopy.dsl.source.Problems;
import org.dynocopy.dsl.words.RecipeMessages;
import org.dynocopy.dsl.words.Where;

/** Checks how many arguments a word has, and their names. */
final class ArgumentCheck {

  private final RecipeTree tree;
  private final Problems problems;
  private final PitfallCheck misread;

  ArgumentCheck(RecipeTree tree, Problems problems, PitfallCheck misread) {
    this.tree = tree;
    this.problems = problems;
    this.misread = misread;
  }

  void check(WordCall said) {
    unknownNames(said);
    missingNames(said);
    if (said.word().name().equals("where")) {
      Where.conflicts(said.entries().keySet())
          .forEach(
              (name, message) ->
                  problems.add(tree.at(said.entries().get(name).getKeyExpression()), message));
    }
    boolean namesForNothing = said.named().isPresent() && said.word().named().isEmpty();
    if (!misread.lacksParentheses(said) && !namesForNothing) {
      count(said);
    }
  }

  private void unknownNames(WordCall said) {
    said.entries()
        .forEach(
            (name, entry) -> {
              if (!said.word().named().containsKey(name)) {
                report(said);
                problems.add(
                    tree.at(entry.getKeyExpression()),
                    RecipeMessages.unknownArgument(said.word(), name));
              }
            });
  }

  private void missingNames(WordCall said) {
    boolean inMap = !said.word().takes(said.positional().size());
    if (inMap || said.spreads() || !said.namesAreKnown()) {
      return;
    }
    Set<String> known = said.word().named().keySet();
    Set<String> names = new HashSet<>();
    for (String name : said.entries().keySet()) {
      // A misspelt one is reported as such.
      names.add(known.contains(name) ? name : Suggestions.of(name, known).orElse(name));
    }
    for (List<String> needed : said.word().needed()) {
      if (Collections.disjoint(needed, names)) {
        report(said);
        problems.add(tree.word(said.call()), RecipeMessages.missingArgument(said.word(), needed));
      }
    }
  }

  private void count(WordCall said) {
    int count = said.positional().size();
    String kind = count == 0 ? "" : tree.kindOf(said.positional().get(0));
    boolean namesInMap =
        said.named().isEmpty()
            && !said.word().named().isEmpty()
            && kind.isEmpty()
            && said.word().takes(count - 1);
    if (said.spreads() || said.word().takes(count) || namesInMap) {
      return;
    }
    String got = count == 1 ? kind : RecipeMessages.arguments(new Object[count]);
    report(said);
    problems.add(tree.word(said.call()), said.word().wrong(got));
  }

  private static void report(WordCall said) {
    said.call().putNodeMetaData(Mark.REPORTED, true);
  }
}
