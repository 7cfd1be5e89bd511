package org.dynocopy.testing.servers;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs dynalite, a DynamoDB that is not Amazon's, on the loopback address in a process of its own.
 *
 * <p>It is installed into a temporary directory from {@code tests/dynalite}. Process and directory
 * are gone after {@link #close()}, at the latest when this JVM ends; if it is killed, the process
 * ends as its standard input does.
 */
public final class Dynalite implements AutoCloseable {

  // dynalite's own command takes port 0 for its default port.
  private static final String SCRIPT =
      """
      process.stdin.on('end', () => process.exit()).resume()
      const options = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }
      const server = require('dynalite')(options)
      server.keepAliveTimeout = 0 // a connection that it ends may be about to be used again
      server.listen(0, '127.0.0.1', () => console.log(server.address().port))
      """;

  private final Path directory;
  private final Process process;
  private final URI endpoint;

  private Dynalite(Path directory, Process process, URI endpoint) {
    this.directory = directory;
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Installs and starts a server without tables.
   *
   * <p>Where npm is missing the test is skipped, but fails in CI ({@code CI=true}).
   */
  public static Dynalite start() {
    Path directory = null;
    try {
      directory = Files.createTempDirectory("dynalite");
      install(directory);
      var log = directory.resolve("node.log");
      var process =
          new ProcessBuilder("node", "-e", SCRIPT)
              .directory(directory.toFile())
              .redirectError(log.toFile())
              .start();
      var port = process.inputReader().readLine();
      if (port == null) {
        throw new IllegalStateException("dynalite did not start: " + Files.readString(log));
      }
      var endpoint = URI.create("http://127.0.0.1:" + port);
      var dynalite = new Dynalite(directory, process, endpoint);
      Runtime.getRuntime().addShutdownHook(new Thread(dynalite::close));
      return dynalite;
    } catch (IOException e) {
      delete(directory);
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      delete(directory);
      throw e;
    }
  }

  /** Returns the server's address, such as {@code http://127.0.0.1:40123}. */
  public URI endpoint() {
    return endpoint;
  }

  /** Ends the process and removes what was installed. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    delete(directory);
  }

  private static void install(Path directory) throws IOException {
    for (String file : List.of("package.json", "package-lock.json")) {
      Files.copy(projectFile("tests/dynalite/" + file), directory.resolve(file));
    }
    // Its one install script compiles a database on disk, which a server in memory does not use.
    var words =
        List.of(
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--silent",
            "--prefer-offline",
            "--fetch-retries=5");
    var log = directory.resolve("npm.log");
    Process npm;
    try {
      npm =
          new ProcessBuilder(words)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException("CI needs npm, for dynalite: " + e.getMessage(), e);
      }
      abort("npm is not installed, so there is no dynalite to ask for a second opinion");
      return;
    }
    try {
      if (!npm.waitFor(4, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        throw new IllegalStateException("npm did not install dynalite: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      npm.destroyForcibly();
    }
  }

  /** Finds a file of the project, wherever in it the tests are started. */
  private static Path projectFile(String path) {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(path))) {
        return folder.resolve(path);
      }
    }
    throw new IllegalStateException("the tests run in the project's folder, not in " + here);
  }

  private static void delete(Path directory) {
    if (directory == null || !Files.exists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
