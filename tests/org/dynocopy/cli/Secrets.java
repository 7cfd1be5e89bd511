package org.dynocopy.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Looks for secrets where none may be. */
final class Secrets {

  private Secrets() {}

  /**
   * Returns where a secret stands, as it is or in Base64.
   *
   * @param texts what was printed
   * @param folder where commands ran; what stands in {@code .aws} is the user's
   */
  static List<String> found(Collection<String> secrets, List<String> texts, Path folder)
      throws IOException {
    List<String> found = new ArrayList<>();
    for (String text : texts) {
      look(secrets, text, "printed", found);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(folder.resolve(".aws"))) {
          look(secrets, Files.readString(file, ISO_8859_1), file.toString(), found);
        }
      }
    }
    return found;
  }

  private static void look(
      Collection<String> secrets, String text, String where, List<String> found) {
    for (String secret : secrets) {
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(UTF_8));
      if (text.contains(secret) || text.contains(encoded)) {
        int at = text.contains(secret) ? text.indexOf(secret) : text.indexOf(encoded);
        found.add(where + ": …" + text.substring(Math.max(0, at - 100), at) + secret);
      }
    }
  }
}
