package org.dynocopy.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java file of the project, as far as its dependencies show in its text.
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

  private static final Pattern PACKAGE =
      Pattern.compile("^package (org\\.dynocopy(?:\\.(\\w+))?)", Pattern.MULTILINE);

  private static final Pattern OWN_NAME = Pattern.compile("\\borg\\.dynocopy\\.(\\w+)");

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

  /** Returns the part of the project it belongs to: {@code engine}, or {@code root}. */
  String part() {
    Matcher matcher = PACKAGE.matcher(code);
    if (!matcher.find()) {
      throw new IllegalStateException(name + " is in no package of this project");
    }
    return matcher.group(2) == null ? "root" : matcher.group(2);
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

  /** Returns the parts of the project it names, imported or not. */
  Set<String> parts() {
    String rest = PACKAGE.matcher(code).replaceFirst("");
    return OWN_NAME
        .matcher(rest)
        .results()
        .map(name -> name.group(1))
        .map(name -> Character.isUpperCase(name.charAt(0)) ? "root" : name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the packages it imports from. */
  Set<String> imports() {
    return Pattern.compile("^import (?:static )?([\\w.]+)", Pattern.MULTILINE)
        .matcher(code)
        .results()
        .map(name -> name.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns its package. */
  String packageName() {
    return name.replaceFirst("^\\w+/", "").replaceFirst("/[\\w-]+\\.java$", "").replace('/', '.');
  }

  /** Returns the other packages of the project that it imports from. */
  Set<String> packages() {
    return imports().stream()
        .filter(name -> name.startsWith("org.dynocopy."))
        .map(name -> name.replaceFirst("\\.[A-Z].*", ""))
        .filter(name -> !name.equals(packageName()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns whether its code has a name that begins with this one. */
  boolean names(String prefix) {
    return Pattern.compile("(?<![\\w.])" + Pattern.quote(prefix) + "\\b").matcher(code).find();
  }
}
