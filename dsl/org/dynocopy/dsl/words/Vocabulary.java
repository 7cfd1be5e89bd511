package org.dynocopy.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.dynocopy.diagnostic.Suggestions;

/** The words of one scope, read from its class. */
public final class Vocabulary {

  /** The scopes, from the outermost; a word in the wrong one is told where it belongs. */
  public static final List<Class<?>> SCOPES =
      List.of(
          RecipeScript.class,
          EnvWords.class,
          CopyWords.class,
          DeleteWords.class,
          QueryWords.class,
          FingerprintWords.class,
          VerifyWords.class,
          CheckWords.class,
          OnFailureWords.class);

  private static final Map<Class<?>, Vocabulary> KNOWN = new LinkedHashMap<>();

  private final Map<String, Entry> words = new TreeMap<>();

  private Vocabulary(Class<?> scope) {
    // Reflection gives methods in no order, but messages must be the same every time.
    List<Method> methods = new ArrayList<>(List.of(scope.getMethods()));
    methods.sort(
        Comparator.comparingInt(Method::getParameterCount).thenComparing(Method::toString));
    for (Method method : methods) {
      Word word = method.getAnnotation(Word.class);
      if (word != null) {
        words
            .computeIfAbsent(method.getName(), name -> new Entry(name, word, new ArrayList<>()))
            .forms()
            .add(method);
      }
    }
  }

  /** Returns the words of a scope. */
  public static synchronized Vocabulary of(Class<?> scope) {
    return KNOWN.computeIfAbsent(scope, Vocabulary::new);
  }

  /** Returns what is known of a word. */
  public Optional<Entry> word(String name) {
    return Optional.ofNullable(words.get(name));
  }

  /** Returns the word that a wrong one was probably meant to be, here or in another scope. */
  public static Optional<Entry> meant(String wrong, Class<?> scope) {
    return Suggestions.of(wrong, of(scope).names())
        .flatMap(name -> of(scope).word(name))
        .or(() -> SCOPES.stream().flatMap(other -> of(other).word(wrong).stream()).findFirst());
  }

  /** Returns all words. */
  public Set<String> names() {
    return words.keySet();
  }

  /** Returns what is known of all words, in the order of their names. */
  public Collection<Entry> all() {
    return words.values();
  }

  /**
   * A word.
   *
   * @param name the word
   * @param word what messages say of it
   * @param forms the methods of this name
   */
  public record Entry(String name, Word word, List<Method> forms) {

    /** Returns {@code `segments` takes a whole number, as in `segments 8`}. */
    public String usage() {
      return "`" + name + "` takes " + word.takes() + ", as in `" + word.example() + "`";
    }

    /** Returns what to say of wrong arguments: {@code …, not a String}; got may be empty. */
    public String wrong(String got) {
      return got.equals("nothing") ? needs() : usage() + (got.isEmpty() ? "" : ", not " + got);
    }

    /** Returns what to say of the word without parentheses and arguments. */
    public String bare() {
      boolean none = forms.stream().anyMatch(form -> form.getParameterCount() == 0);
      return none ? "`" + name + "` needs parentheses: `" + name + "()`" : needs();
    }

    private String needs() {
      return usage().replaceFirst("` takes ", "` needs ");
    }

    /** Tells whether some form takes this many arguments, named ones not counted. */
    public boolean takes(int arguments) {
      return forms.stream().anyMatch(form -> takes(form, arguments));
    }

    /** Returns the named arguments that some form has, by name. */
    public Map<String, NamedParam> named() {
      Map<String, NamedParam> named = new LinkedHashMap<>();
      for (Method form : forms) {
        for (Parameter parameter : form.getParameters()) {
          NamedParams params = parameter.getAnnotation(NamedParams.class);
          if (params != null) {
            Arrays.stream(params.value()).forEach(one -> named.put(one.value(), one));
          }
        }
      }
      return named;
    }

    /** Returns the named arguments that must be said: of each list, one. */
    public List<List<String>> needed() {
      List<List<String>> needed = new ArrayList<>();
      named().values().stream()
          .filter(NamedParam::required)
          .forEach(one -> needed.add(List.of(one.value())));
      if (word.oneOf().length > 0) {
        needed.add(List.of(word.oneOf()));
      }
      return needed;
    }

    /** Returns the scope of the block that the word opens. */
    public Optional<Class<?>> blockScope() {
      return forms.stream()
          .flatMap(form -> Arrays.stream(form.getParameters()))
          .map(parameter -> parameter.getAnnotation(DelegatesTo.class))
          .filter(delegates -> delegates != null)
          .<Class<?>>map(DelegatesTo::value)
          .findFirst();
    }

    /** Tells whether the word takes a closure that is not a block of words. */
    public boolean takesCode() {
      return blockScope().isEmpty()
          && forms.stream()
              .anyMatch(form -> Arrays.asList(form.getParameterTypes()).contains(Closure.class));
    }

    private static boolean takes(Method form, int arguments) {
      int positional = form.getParameterCount() - (hasNamed(form) ? 1 : 0);
      return form.isVarArgs() ? arguments >= positional - 1 : arguments == positional;
    }

    /** Tells whether the form's first parameter takes the named arguments. */
    public static boolean hasNamed(Method form) {
      return form.getParameterCount() > 0
          && form.getParameters()[0].isAnnotationPresent(NamedParams.class);
    }
  }
}
