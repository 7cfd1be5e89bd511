package org.dynocopy.dsl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.syntax.Types;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.source.Problems;
import org.dynocopy.dsl.words.RecipeMessages;
import org.dynocopy.dsl.words.RecipeScript;
import org.dynocopy.dsl.words.Vocabulary;
import org.dynocopy.dsl.words.Vocabulary.Entry;

/**
 * Checks the words of a recipe: that each is known where it stands, with the right number of
 * arguments and the right names. Types are left to {@link TypeProblems}.
 */
public final class WordCheck extends CodeVisitorSupport {

  /** What this check notes at a node of the syntax tree for the steps after it. */
  public enum Mark {
    /** A call of a word: its {@link WordCall}. */
    WORD,
    /** A call or a name that is no word: the {@link Block} it stands in. */
    BLOCK,
    /** A node whose mistake is reported. */
    REPORTED,
    /** The closure of a filter, whose body stays dynamic. */
    DYNAMIC
  }

  /** What every block may say besides its words. */
  private static final Set<String> PLAIN = Set.of("println", "print", "printf", "sprintf", "sleep");

  private final RecipeTree tree;
  private final Problems problems;
  private final PitfallCheck misread;
  private final ArgumentCheck arguments;
  private final BareNameCheck bareNames;
  private final Consumer<WordCall> includes;
  private final List<WordCall> calls = new ArrayList<>();
  private final Map<Location, String> paramReads = new LinkedHashMap<>();
  private final Set<Expression> statements = new HashSet<>();
  private final Map<ClosureExpression, MethodCallExpression> givenTo = new HashMap<>();
  private final Set<Expression> inVariables = new HashSet<>();
  private Block block = Block.TOP;
  private boolean inMethod;
  private boolean inStatic;

  /**
   * Makes a check.
   *
   * @param includes gets each {@code include}, to check what it includes as well
   */
  public WordCheck(RecipeTree tree, Problems problems, Consumer<WordCall> includes) {
    this.tree = tree;
    this.problems = problems;
    this.misread = new PitfallCheck(tree, problems);
    this.arguments = new ArgumentCheck(tree, problems, misread);
    this.bareNames = new BareNameCheck(tree, problems);
    this.includes = includes;
  }

  public void check(ClassNode script) {
    inMethod = true;
    script.getFields().stream()
        .map(FieldNode::getInitialExpression)
        .filter(value -> value != null)
        .forEach(value -> value.visit(this));
    for (MethodNode method : script.getMethods()) {
      boolean written = method.getLineNumber() > 0;
      boolean run = method.getName().equals("run");
      if ((written || run) && method.getCode() != null) {
        inMethod = !run;
        inStatic = method.isStatic();
        method.getCode().visit(this);
      }
      if (written && Block.TOP.vocabulary().word(method.getName()).isPresent()) {
        String name = method.getName();
        problems.add(
            tree.name(name, method),
            "`" + name + "` is a word of recipes: give the method another name");
      }
    }
    inStatic = false;
  }

  /** Returns the words that are said. */
  public List<WordCall> calls() {
    return calls;
  }

  /** Returns the params that are read by a name that is written there. */
  public Map<Location, String> paramReads() {
    return paramReads;
  }

  @Override
  public void visitExpressionStatement(ExpressionStatement statement) {
    if (block.equals(Block.TOP) && !inMethod) {
      statements.add(statement.getExpression());
    }
    misread.checkLabels(statement, block);
    super.visitExpressionStatement(statement);
  }

  @Override
  public void visitClosureExpression(ClosureExpression closure) {
    MethodCallExpression call = givenTo.get(closure);
    boolean inVariable = inVariables.contains(closure);
    visit(closure, call != null ? block.closure(call) : block.closure(inVariable));
  }

  private void visit(ClosureExpression closure, Block inner) {
    Block outer = block;
    block = inner;
    super.visitClosureExpression(closure);
    block = outer;
  }

  @Override
  public void visitMethodCallExpression(MethodCallExpression call) {
    String name = call.getMethodAsString();
    boolean onThis =
        call.getObjectExpression() instanceof VariableExpression receiver
            && receiver.isThisExpression();
    Optional<Entry> word =
        block.code() || name == null ? Optional.empty() : block.vocabulary().word(name);
    if (name == null || !(call.isImplicitThis() || onThis)) {
      if (name == null || !misread.isOnTheLineOfAnother(call, block)) {
        ordinary(call);
      } else {
        call.getObjectExpression().visit(this);
      }
    } else if (inStatic && (word.isPresent() || name.equals("param"))) {
      call.putNodeMetaData(Mark.REPORTED, true);
      problems.add(
          tree.word(call), "`" + name + "` cannot be said in a static method: leave out `static`");
    } else if (name.equals("param")) {
      param(call);
    } else if (word.isPresent()) {
      word(WordCall.of(word.get(), call));
    } else if (tree.isMethod(name) || PLAIN.contains(name)) {
      toScript(call);
      ordinary(call);
    } else if (block.nested() == 0
        && !BareNameCheck.KNOWN.contains(name)
        && call.getNodeMetaData(Mark.REPORTED) == null) {
      unknownWord(call, name);
    } else {
      // Whether a closure around has a method of this name is for the type checker to say.
      call.putNodeMetaData(Mark.BLOCK, block);
      ordinary(call);
    }
  }

  private void ordinary(MethodCallExpression call) {
    for (Expression argument : arguments(call)) {
      if (argument instanceof ClosureExpression closure) {
        givenTo.put(closure, call);
      }
    }
    super.visitMethodCallExpression(call);
  }

  private static List<Expression> arguments(MethodCallExpression call) {
    return call.getArguments() instanceof TupleExpression tuple
        ? tuple.getExpressions()
        : List.of(call.getArguments());
  }

  private void unknownWord(MethodCallExpression call, String name) {
    call.putNodeMetaData(Mark.REPORTED, true);
    problems.add(tree.word(call), unknown(name, block));
    Optional<Entry> meant = block.code() ? Optional.empty() : Vocabulary.meant(name, block.scope());
    for (Expression argument : arguments(call)) {
      if (!(argument instanceof ClosureExpression closure)) {
        argument.visit(this);
      } else if (meant.isPresent()) {
        enter(meant.get(), closure);
      } else {
        // What its words would mean is not known either.
        closure.putNodeMetaData(Mark.DYNAMIC, true);
      }
    }
  }

  /** Returns what to say of a call that is no word of the block. */
  String unknown(String name, Block block) {
    return block.code()
        ? "unknown method `" + name + "` in filter { }" + tree.suggestMethod(name)
        : RecipeMessages.unknownWord(name, block.scope(), block.name(), tree.methods());
  }

  /** In a block, names go to the block's words only; what is the script's must say so. */
  private static void toScript(MethodCallExpression call) {
    call.setImplicitThis(false);
    call.setObjectExpression(new VariableExpression("this"));
  }

  /** The same text declares a param as a statement at the top level, and reads it elsewhere. */
  private void param(MethodCallExpression call) {
    Entry param = Vocabulary.of(RecipeScript.class).word("param").orElseThrow();
    boolean declares = statements.contains(call);
    toScript(call);
    WordCall said = WordCall.of(param, call);
    if (said.named().isPresent() && !declares) {
      call.putNodeMetaData(Mark.REPORTED, true);
      problems.add(
          tree.word(call), "`param` is declared by a statement at the top level of the recipe");
    } else if (declares && said.named().isEmpty()) {
      List<Expression> withOptions = new ArrayList<>(said.positional());
      withOptions.add(0, new MapExpression());
      call.setArguments(new ArgumentListExpression(withOptions));
      said = WordCall.of(param, call);
    } else if (!declares
        && said.positional().size() == 1
        && said.positional().get(0) instanceof ConstantExpression name) {
      paramReads.put(tree.word(call), name.getText());
    }
    word(said);
  }

  private void word(WordCall said) {
    said.call().putNodeMetaData(Mark.WORD, said);
    arguments.check(said);
    if (said.word().name().equals("include")) {
      includes.accept(said);
    }
    if (!block.code()) {
      calls.add(said);
    }
    said.named().ifPresent(map -> map.visit(this));
    for (Expression argument : said.positional()) {
      if (argument instanceof ClosureExpression closure) {
        enter(said.word(), closure);
      } else {
        argument.visit(this);
      }
    }
  }

  private void enter(Entry word, ClosureExpression closure) {
    if (word.takesCode()) {
      closure.putNodeMetaData(Mark.DYNAMIC, true);
      visit(closure, Block.filter());
    } else if (word.blockScope().isPresent()) {
      visit(closure, new Block(word.blockScope().get(), word.word().block()));
    } else {
      visit(closure, block.closure(false));
    }
  }

  @Override
  public void visitPropertyExpression(PropertyExpression property) {
    misread.checkProperty(property, block);
    super.visitPropertyExpression(property);
  }

  @Override
  public void visitBinaryExpression(BinaryExpression expression) {
    boolean assigns = expression.getOperation().isA(Types.ASSIGNMENT_OPERATOR);
    if (assigns && expression.getLeftExpression() instanceof VariableExpression variable) {
      inVariables.add(expression.getRightExpression());
      bareNames.checkAssignment(variable, block);
    }
    super.visitBinaryExpression(expression);
  }

  @Override
  public void visitVariableExpression(VariableExpression variable) {
    bareNames.check(variable, block);
  }
}
