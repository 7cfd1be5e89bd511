package org.dynocopy.dsl.words;

import groovy.lang.Closure;
import groovy.lang.Reference;
import groovy.lang.Script;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.codehaus.groovy.runtime.MethodClosure;
import org.dynocopy.spec.ShapeStep.Basis;

/**
 * Finds what a filter's decisions depend on: its code, and all that this uses of the recipe, by the
 * names in it and by the values that it has captured. More than it uses may be found, and not less.
 */
final class Dependencies {

  private final Collection<RecipeScript> scripts;
  private final Params params;
  private final Map<String, String> codes = new TreeMap<>();
  private final Map<String, String> values = new TreeMap<>();
  private final Map<String, String> outside = new TreeMap<>();
  private final Set<String> unknown = new LinkedHashSet<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> visited = new HashSet<>();

  Dependencies(Collection<RecipeScript> scripts, Params params) {
    this.scripts = scripts;
    this.params = params;
  }

  Basis of(Closure<?> filter, int number) {
    String captured = text(filter);
    return new Basis(
        number,
        String.join("\n", codes.values()),
        captured + values,
        outside,
        List.copyOf(unknown));
  }

  /** Notes the code of a class or a method of a recipe; tells whether it is one. */
  private boolean code(String name) {
    for (RecipeScript script : scripts) {
      Code code = script.origin().parts().get(name);
      if (code != null) {
        if (visited.add(script.origin().source() + name)) {
          code(script, name, code);
        }
        return true;
      }
    }
    return false;
  }

  private void code(RecipeScript script, String name, Code code) {
    // Classes of closures are numbered as they come, which is no difference.
    codes.put(name.contains("$_") ? code.text() : name, code.text());
    code.variables()
        .forEach(v -> outside.put("System.getenv(\"" + v + "\")", "" + System.getenv(v)));
    code.properties()
        .forEach(p -> outside.put("System.getProperty(\"" + p + "\")", "" + System.getProperty(p)));
    unknown.addAll(code.unknown());
    for (String part : script.origin().parts().keySet()) {
      boolean method = part.startsWith("#");
      String simple = method ? part.substring(1) : part.replaceAll(".*[.$]", "");
      if (!part.contains("$_")
          && (code.names().contains(simple) || method && code.madeNames())
          && visited.add(script.origin().source() + part)) {
        code(script, part, script.origin().parts().get(part));
      }
    }
    fields(script, script.getClass(), code.names());
    if (!name.startsWith("#") && !name.contains("$_")) {
      statics(script, name);
    }
    if (code.names().contains("param")) {
      params
          .values()
          .forEach(
              (param, value) -> {
                if (code.madeNames() || code.names().contains(param)) {
                  values.put("param " + param, text(value));
                }
              });
    }
  }

  /** Notes the variables of the recipe with {@code @Field} that are named. */
  private void fields(Object script, Class<?> type, Set<String> names) {
    for (Field field : type.getDeclaredFields()) {
      if (names.contains(field.getName()) && isWritten(field)) {
        values.put("field " + field.getName(), text(value(field, script)));
      }
    }
  }

  /** Notes the static fields of a class of the recipe. */
  private void statics(RecipeScript script, String name) {
    try {
      for (Field field : script.getClass().getClassLoader().loadClass(name).getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && isWritten(field)) {
          values.put(name + "." + field.getName(), text(value(field, null)));
        }
      }
    } catch (ClassNotFoundException | LinkageError e) {
      unknown.add("the class " + name + ", which cannot be loaded");
    }
  }

  private static boolean isWritten(Field field) {
    return !field.isSynthetic()
        && !field.getName().contains("$")
        && !field.getName().equals("metaClass");
  }

  private static Object value(Field field, Object of) {
    try {
      field.setAccessible(true);
      Object value = field.get(of);
      return value instanceof Reference<?> variable ? variable.get() : value;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("it was made accessible", e);
    }
  }

  /** Returns a value as a text that is the same for the same values. */
  private String text(Object value) {
    Optional<String> data = PlainData.text(value);
    if (data.isPresent()) {
      return data.get();
    }
    if (value instanceof Script) {
      return "the recipe";
    }
    if (!seen.add(value)) {
      return "…";
    }
    if (value instanceof Closure<?> block) {
      return closure(block);
    }
    if (value instanceof Map<?, ?> map) {
      List<String> texts = new ArrayList<>();
      map.forEach((name, one) -> texts.add(text(name) + ": " + text(one)));
      return sorted(texts);
    }
    if (value instanceof Collection<?> many) {
      List<String> texts = new ArrayList<>();
      many.forEach(one -> texts.add(text(one)));
      return value instanceof Set ? sorted(texts) : texts.toString();
    }
    if (value instanceof Object[] many) {
      return text(Arrays.asList(many));
    }
    String type = value instanceof Class<?> named ? named.getName() : value.getClass().getName();
    if (!code(type)) {
      unknown.add((value instanceof Class<?> ? "" : "an object of ") + type);
      return type;
    }
    return value instanceof Class<?> ? type : type + state(value);
  }

  private static String sorted(List<String> texts) {
    return texts.stream().sorted().toList().toString();
  }

  private String closure(Closure<?> block) {
    Class<?> type = block.getClass();
    if (code(type.getName())) {
      return "{ }" + state(block);
    }
    // What Groovy makes of closures: of a method, curried, composed, remembering.
    String wrapped = block.getOwner() instanceof Closure<?> inner ? text(inner) : "";
    if (block instanceof MethodClosure method) {
      Object owner = method.getOwner();
      String name = method.getMethod();
      if (owner instanceof RecipeScript) {
        code("#" + name);
      } else {
        wrapped = text(owner);
      }
      return "&" + name + wrapped;
    }
    return type.getName() + wrapped + state(block);
  }

  private String state(Object object) {
    Map<String, String> texts = new TreeMap<>();
    for (Class<?> type = object.getClass();
        type != Object.class && type != Closure.class;
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        // What a closure captures is in synthetic fields.
        boolean own = object instanceof Closure || isWritten(field);
        if (!Modifier.isStatic(field.getModifiers()) && own) {
          texts.put(field.getName(), text(value(field, object)));
        }
      }
    }
    return texts.toString();
  }
}
