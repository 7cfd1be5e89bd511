package org.dynocopy.dsl.cache;

import java.util.List;
import java.util.Map;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.source.RecipeFile;
import org.dynocopy.dsl.words.Code;
import org.dynocopy.dsl.words.RecipeScript;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.dsl.words.ScriptOrigin;

/**
 * What compiling a file of a recipe gave, when nothing in it is wrong.
 *
 * @param script the name of the class with its statements; where there is none it has no statements
 * @param code its classes, by name
 * @param parts its code, part by part: closures and classes by the names of their classes, methods
 *     of the recipe as {@code #name}
 * @param sites its words, in the order of their numbers
 * @param includes what it includes by a path that is written there
 * @param paramReads the params that it reads by a name that is written there
 * @param paramsBefore the types of the params that its types were checked with: those that the
 *     files before it and its includes declare
 * @param paramsAfter these, and those that it declares itself
 */
public record CompiledRecipe(
    String script,
    Map<String, byte[]> code,
    Map<String, Code> parts,
    List<Site> sites,
    List<Include> includes,
    Map<Location, String> paramReads,
    Map<String, Class<?>> paramsBefore,
    Map<String, Class<?>> paramsAfter) {

  /**
   * An include whose path is written in the recipe.
   *
   * @param path as written
   * @param at where
   */
  public record Include(String path, Location at) {}

  /**
   * Loads it.
   *
   * @param source the file name in stack traces
   * @param file what it was compiled from
   */
  public RecipeScript load(String source, RecipeFile file) {
    RecipeScript recipe = code.containsKey(script) ? statements() : new NoStatements();
    recipe.compiledFrom(new ScriptOrigin(source, file, parts, sites));
    return recipe;
  }

  private RecipeScript statements() {
    try {
      return (RecipeScript)
          new Classes(code).loadClass(script).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a compiled recipe cannot be loaded", e);
    }
  }

  /** A recipe that only defines classes. */
  private static final class NoStatements extends RecipeScript {
    @Override
    public Object run() {
      return null;
    }
  }

  private static final class Classes extends ClassLoader {
    private final Map<String, byte[]> code;

    Classes(Map<String, byte[]> code) {
      super(CompiledRecipe.class.getClassLoader());
      this.code = code;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = code.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
