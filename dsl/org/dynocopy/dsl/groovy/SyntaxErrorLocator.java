package org.dynocopy.dsl.groovy;

import groovyjarjarantlr4.v4.runtime.CharStreams;
import groovyjarjarantlr4.v4.runtime.Token;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.groovy.parser.antlr4.GroovyLangLexer;
import org.codehaus.groovy.syntax.SyntaxException;

/**
 * Finds where in a block the syntax is wrong. Groovy's parser gives up a whole block when it cannot
 * read something in it, and points at its brace; so the inside is parsed by itself, and the inside
 * of that, until the parser points at something else.
 */
final class SyntaxErrorLocator {

  private static final String AT_BRACE = "Unexpected input: '{'";
  private static final int DEEPEST = 50;

  private final Function<String, Optional<SyntaxException>> parser;
  private final String text;

  /**
   * Makes a search.
   *
   * @param parser returns the first error of a text
   * @param text the whole text
   */
  SyntaxErrorLocator(Function<String, Optional<SyntaxException>> parser, String text) {
    this.parser = parser;
    this.text = text;
  }

  /** Returns the error, or a more exact one inside the block that it points at. */
  SyntaxException find(SyntaxException error) {
    return find(text, error, 0);
  }

  private SyntaxException find(String text, SyntaxException error, int depth) {
    if (!error.getOriginalMessage().startsWith(AT_BRACE) || depth == DEEPEST) {
      return error;
    }
    List<? extends Token> tokens;
    try {
      tokens = new GroovyLangLexer(CharStreams.fromString(text)).getAllTokens();
    } catch (RuntimeException e) {
      return error;
    }
    int open = indexOf(tokens, error.getStartLine(), error.getStartColumn());
    int close = open < 0 ? -1 : matching(tokens, open);
    if (close < 0) {
      return error;
    }
    Token end = tokens.get(close);
    int begin = tokens.get(afterParameters(tokens, open, close)).getStopIndex() + 1;
    String inside = keep(text, begin, end.getStartIndex());
    return parser
        .apply(inside)
        .map(inner -> isBefore(inner, end) ? find(inside, inner, depth + 1) : unfinished(end))
        .orElse(error);
  }

  private static int indexOf(List<? extends Token> tokens, int line, int column) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.getLine() == line && token.getCharPositionInLine() == column - 1) {
        return token.getType() == GroovyLangLexer.LBRACE ? i : -1;
      }
    }
    return -1;
  }

  private static int matching(List<? extends Token> tokens, int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      int type = tokens.get(i).getType();
      depth += type == GroovyLangLexer.LBRACE ? 1 : type == GroovyLangLexer.RBRACE ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Skips {@code item ->}, which can only stand at the beginning of a block. */
  private static int afterParameters(List<? extends Token> tokens, int open, int close) {
    for (int i = open + 1; i < close; i++) {
      switch (tokens.get(i).getType()) {
        case GroovyLangLexer.ARROW:
          return i;
        case GroovyLangLexer.NL, GroovyLangLexer.SEMI, GroovyLangLexer.LBRACE:
          return open;
        default:
          break;
      }
    }
    return open;
  }

  /** Replaces all but some characters by spaces, so that lines and columns stay. */
  private static String keep(String text, int begin, int end) {
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      boolean lineEnd = characters[i] == '\n' || characters[i] == '\r';
      if ((i < begin || i >= end) && !lineEnd) {
        characters[i] = ' ';
      }
    }
    return new String(characters, 0, characters.length);
  }

  private static boolean isBefore(SyntaxException error, Token end) {
    return error.getStartLine() < end.getLine()
        || (error.getStartLine() == end.getLine()
            && error.getStartColumn() <= end.getCharPositionInLine());
  }

  /** Something is missing at the end of the block. */
  private static SyntaxException unfinished(Token end) {
    int column = end.getCharPositionInLine() + 1;
    return new SyntaxException(
        "Unexpected input: '}'", end.getLine(), column, end.getLine(), column + 1);
  }
}
