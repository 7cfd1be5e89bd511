package org.dynocopy.dsl.words;

import java.time.Duration;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;

/** Runs the statements of a recipe in a thread of their own, since they may never end. */
public final class RecipeThread {

  private final Evaluation evaluation;
  private final RecipeScript script;
  private final Thread thread = new Thread(this::work, "dynocopy-recipe");
  private volatile boolean ended;

  private RecipeThread(Evaluation evaluation, RecipeScript script) {
    this.evaluation = evaluation;
    this.script = script;
    thread.setDaemon(true);
  }

  private void work() {
    ended = evaluation.run(script);
  }

  /**
   * Runs a recipe.
   *
   * @param limit how long it may take
   * @return whether it ran to its end; if not, why is reported
   * @throws InvalidJobException if it does not end in time; its thread is interrupted, and left
   *     behind if that does not end it
   */
  public static boolean run(Evaluation evaluation, RecipeScript script, Duration limit) {
    RecipeThread recipe = new RecipeThread(evaluation, script);
    recipe.thread.start();
    try {
      recipe.thread.join(Math.max(1, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw recipe.abandoned("was interrupted");
    }
    if (recipe.thread.isAlive()) {
      throw recipe.abandoned("has not ended for " + text(limit));
    }
    return recipe.ended;
  }

  private InvalidJobException abandoned(String why) {
    Location at = evaluation.place(thread.getStackTrace()).orElse(evaluation.here().at());
    thread.interrupt();
    return new InvalidJobException(at, "the recipe " + why);
  }

  private static String text(Duration time) {
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toMillis() / 1_000.0 + " s";
  }
}
