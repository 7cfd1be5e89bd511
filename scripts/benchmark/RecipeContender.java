package org.dynocopy.scripts.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dynocopy.cli.Main;

/** A recipe, run as the command runs it, whose copy has a filter that every item passes. */
final class RecipeContender implements Contender {

  /** A filter that the service evaluates: an expression, which comes with every request. */
  static final String EXPRESSION = "\"tenant = :t\", values: [\":t\": \"t-1042\"]";

  /** A filter that runs here, on every item. */
  static final String BLOCK = "{ it.tenant == \"t-1042\" && it.balance < 0 }";

  private final String filter;

  RecipeContender(String filter) {
    this.filter = filter;
  }

  @Override
  public void copy(Copy copy) throws Exception {
    String text =
        """
        env("bench") { endpoint "%s"; region "%s"; credentials "%s", "%s" }
        copy { from "bench:%s"; to "bench:%s"; segments %d; writers %d; filter %s }
        """
            .formatted(
                copy.endpoint(),
                Copy.REGION,
                Copy.ACCESS_KEY,
                Copy.SECRET,
                copy.from(),
                copy.to(),
                copy.segments(),
                copy.writers(),
                filter);
    Path recipe = Files.createTempFile("bench", ".groovy");
    try {
      Files.writeString(recipe, text);
      int exitCode = Main.run(recipe.toString());
      if (exitCode != 0) {
        throw new IllegalStateException("exit code " + exitCode);
      }
    } finally {
      Files.delete(recipe);
    }
  }
}
