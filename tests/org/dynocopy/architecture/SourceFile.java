package org.dynocopy.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java file of the project.
 *
 * @param name its path from the project's folder
 * @param lines its lines
 * @param code its text without comments, strings and characters
 */
record SourceFile(String name, List<String> lines, String code) {

  /** What is no code, in the order in which it must be looked for. */
  private static final Pattern NO_CODE =
      Pattern.compile(
          "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?(?<!\\\\)\"\"\""
              + "|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'",
          Pattern.DOTALL);

  static SourceFile of(String name, String text) {
    return new SourceFile(name, text.lines().toList(), NO_CODE.matcher(text).replaceAll(" "));
  }

  /** Reads every Java file under these folders of the project. */
  static List<SourceFile> under(String... folders) {
    Path project = project();
    return Stream.of(folders)
        .flatMap(folder -> files(project.resolve(folder)))
        .map(file -> of(project.relativize(file).toString(), read(file)))
        .toList();
  }

  /** Returns the project's folder, wherever in it the tests are started. */
  static Path project() {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("dynocopy.java"))) {
        return folder;
      }
    }
    throw new IllegalStateException("the tests run in the project's folder, not in " + here);
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether it describes a package, and has no type. */
  boolean isPackage() {
    return name.endsWith("package-info.java");
  }

  /** Returns the type that it is named after: {@code org.dynocopy.engine.Engine}. */
  String typeName() {
    String file = Path.of(name).getFileName().toString();
    return packageName() + "." + file.substring(0, file.length() - ".java".length());
  }

  /** Returns its package. */
  String packageName() {
    return name.replaceFirst("^\\w+/", "").replaceFirst("/[\\w-]+\\.java$", "").replace('/', '.');
  }
}
