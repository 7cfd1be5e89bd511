package org.dynocopy.dsl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.cache.RecipeCache;
import org.dynocopy.dsl.compile.Compiler;
import org.dynocopy.dsl.source.Problems;
import org.dynocopy.dsl.source.Problems.AlreadyReported;
import org.dynocopy.dsl.source.RecipeFile;
import org.dynocopy.dsl.words.RecipeScript;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.Trust;

/** The files of a recipe: the main one and what it includes, each compiled and run once. */
final class IncludedFiles {

  private final RecipeFile main;
  private final Problems problems;
  private final Compiler compiler;
  private final Map<Path, Optional<RecipeScript>> scripts = new HashMap<>();
  private final Set<Path> opened = new HashSet<>();

  /** The files that are being compiled, each included by the one before it. */
  private final List<Path> chain = new ArrayList<>();

  IncludedFiles(RecipeFile main, Problems problems, RecipeCache kept) {
    this.main = main;
    this.problems = problems;
    this.compiler =
        new Compiler(
            problems,
            (file, include) -> {
              try {
                compile(find(file, include.path(), include.at()), include.at());
              } catch (InvalidJobException e) {
                problems.add(e);
              }
            },
            kept);
  }

  /** Returns the main recipe, or nothing after reporting what is wrong in it or its includes. */
  Optional<RecipeScript> compileMain() {
    Path real = real(main.path());
    opened.add(real);
    return compile(real, main);
  }

  Map<Location, String> paramReads() {
    return compiler.paramReads();
  }

  /**
   * Returns a file for running it, or nothing if it ran before.
   *
   * @throws InvalidJobException if it is not there, or not allowed
   * @throws AlreadyReported if something in it is wrong
   */
  Optional<RecipeScript> open(RecipeFile from, String path, Location at) {
    Path found = find(from, path, at);
    if (!opened.add(real(found))) {
      return Optional.empty();
    }
    return Optional.of(compile(found, at).orElseThrow(AlreadyReported::new));
  }

  private Optional<RecipeScript> compile(Path path, Location at) {
    Path real = real(path);
    if (chain.contains(real)) {
      List<String> circle = new ArrayList<>();
      chain.subList(chain.indexOf(real), chain.size()).forEach(one -> circle.add(name(one)));
      circle.add(name(real));
      problems.add(
          at, "`" + name(real) + "` includes itself: " + String.join(" includes ", circle));
      return Optional.empty();
    }
    if (scripts.containsKey(real)) {
      return scripts.get(real);
    }
    return compile(real, RecipeFile.read(path, at));
  }

  private Optional<RecipeScript> compile(Path real, RecipeFile file) {
    problems.file(file);
    chain.add(real);
    Optional<RecipeScript> script = compiled(file);
    chain.remove(chain.size() - 1);
    scripts.put(real, script);
    return script;
  }

  private Optional<RecipeScript> compiled(RecipeFile file) {
    try {
      return compiler.compile(file);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof VirtualMachineError) {
          problems.add(
              file.at(1),
              "there is too much in this recipe for Groovy's compiler and this heap: it is nested"
                  + " too deep, or has too long a list, sum or row of statements. Values belong in"
                  + " a file");
          return Optional.empty();
        }
      }
      throw e;
    }
  }

  private String name(Path real) {
    Path folder = folder();
    return (real.startsWith(folder) ? folder.relativize(real) : real).toString();
  }

  private Path find(RecipeFile from, String path, Location at) {
    if (path == null || path.isBlank()) {
      throw new InvalidJobException(at, "`include` got no file");
    }
    Path relative;
    try {
      relative = Path.of(path);
    } catch (InvalidPathException e) {
      throw new InvalidJobException(at, "this is not a file's path");
    }
    if (relative.isAbsolute()) {
      throw new InvalidJobException(
          at, "`" + path + "` is absolute: includes are relative to the file that includes them");
    }
    Path found = from.path().resolveSibling(relative).normalize();
    if (!Files.exists(found)) {
      throw new InvalidJobException(at, "there is no file `" + found + "`");
    }
    if (!real(found).startsWith(folder())) {
      throw new InvalidJobException(
          at, "`" + path + "` is outside the folder of `" + main.path() + "`: includes stay in it");
    }
    checkWriters(found, path, at);
    return found;
  }

  /** Who runs a recipe knows it, and not all files that others put beside it. */
  private void checkWriters(Path found, String path, Location at) {
    try {
      Optional<Trust.Exposure> who = Trust.whoCanWrite(found);
      if (who.isPresent() && Trust.whoCanWrite(main.path()).isEmpty()) {
        throw new InvalidJobException(
            at,
            "`%s` is not run, as others than who wrote `%s` could have written it: %s: %s"
                .formatted(path, main.path(), who.get().who(), who.get().advice()));
      }
    } catch (IOException e) {
      throw new InvalidJobException(at, "`" + path + "` cannot be read: " + FileReason.of(e));
    }
  }

  /** The folder of the main recipe, which no include leaves. */
  private Path folder() {
    return real(main.path()).getParent();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
