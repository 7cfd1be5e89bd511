package org.dynocopy.dsl.words;

import java.util.List;
import java.util.Map;
import org.dynocopy.dsl.source.RecipeFile;
import org.dynocopy.dsl.words.RecipeScript.Site;

/**
 * What a script was compiled from.
 *
 * @param source the file name in stack traces
 * @param file the file
 * @param parts its code: closures and classes by the names of their classes, methods of the recipe
 *     as {@code #name}
 * @param sites its words, in the order of their numbers
 */
public record ScriptOrigin(
    String source, RecipeFile file, Map<String, Code> parts, List<Site> sites) {

  /** Copies the collections. */
  public ScriptOrigin {
    parts = Map.copyOf(parts);
    sites = List.copyOf(sites);
  }
}
