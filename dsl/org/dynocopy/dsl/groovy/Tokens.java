package org.dynocopy.dsl.groovy;

import groovyjarjarantlr4.v4.runtime.CharStreams;
import groovyjarjarantlr4.v4.runtime.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.groovy.parser.antlr4.GroovyLangLexer;

/** The tokens of a piece of Groovy: the same for all ways to write it with other white space. */
public final class Tokens {

  /** Behind these a new line says nothing. */
  private static final Set<String> OPEN =
      Set.of(
          "{", "(", "[", ",", "->", "=", "&&", "||", "+", "-", "*", "/", "==", "!=", "<", "<=", ">",
          ">=", "?", ":", "?:", ".", "?.", "\n");

  /** Neither before these. */
  private static final Set<String> CLOSE = Set.of("}", ")", "]", ".", "?.");

  private static final int LONGEST_NAME = 200;

  private final List<String> texts = new ArrayList<>();

  /** Cuts a text. */
  public Tokens(String text) {
    GroovyLangLexer lexer = new GroovyLangLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        boolean line = token.getType() == GroovyLangLexer.NL || token.getText().equals(";");
        add(line ? "\n" : token.getText());
      }
    }
  }

  private void add(String token) {
    int last = texts.size() - 1;
    if (token.equals("\n") && (last < 0 || OPEN.contains(texts.get(last)))) {
      return;
    }
    if (CLOSE.contains(token) && last >= 0 && texts.get(last).equals("\n")) {
      texts.remove(last);
    }
    texts.add(token);
  }

  /** Returns them as one text. */
  public String text() {
    return String.join("\0", texts);
  }

  /** Returns all that may be a name: a method can be called by a string, too. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    texts.forEach(token -> names.addAll(List.of(token.split("\\W+"))));
    names.removeIf(name -> name.isEmpty() || name.length() > LONGEST_NAME);
    return names;
  }
}
