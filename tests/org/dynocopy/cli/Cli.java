package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.cli.console.Console;

/** Runs the command line, in this process or in one of its own. */
public final class Cli {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** What the compiler for long runs takes is more than it gives. */
  private static final List<String> SHORT_LIVED =
      List.of("-Xlog:disable", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  /** DynamoDB Local is no part of the command, and with its jar there can be no archive. */
  private static final String CLASS_PATH =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(part -> !part.contains("DynamoDBLocal"))
          .collect(Collectors.joining(File.pathSeparator));

  private static final Pattern LEDGER =
      Pattern.compile(
          "(?<read>[\\d,]+) read = 0 filtered \\+ (?<written>[\\d,]+) written"
              + " \\+ 0 dead letters(?: \\+ (?<unsettled>[\\d,]+) not settled)?");

  private Cli() {}

  /** The classes that the command loads, as {@code ./jbang} keeps them: each start takes half. */
  private static final class Archive {
    static final Path FILE = make();

    private static Path make() {
      try {
        Path file = Files.createTempFile("dynocopy-classes", ".jsa");
        file.toFile().deleteOnExit();
        ProcessBuilder rehearsal =
            new ProcessBuilder(
                    JAVA,
                    "-XX:ArchiveClassesAtExit=" + file,
                    "-Xlog:disable",
                    "-cp",
                    CLASS_PATH,
                    ClassArchiveTraining.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        rehearsal.environment().keySet().retainAll(List.of("PATH"));
        rehearsal.environment().put("AWS_ACCESS_KEY_ID", "nobody");
        rehearsal.environment().put("AWS_SECRET_ACCESS_KEY", "nothing");
        rehearsal.environment().put("AWS_CONFIG_FILE", "/dev/null");
        rehearsal.environment().put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        rehearsal.start().waitFor();
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** What became of the items of a copy. */
  public record Ledger(int read, int written, int unsettled) {}

  /** What a command left behind. */
  public record Result(int exitCode, String out, String err) {

    /** Returns the ledger of a copy without filters and dead letters. */
    public Ledger ledger() {
      Matcher ledger = LEDGER.matcher(err);
      assertThat(ledger.find()).as(err).isTrue();
      return new Ledger(
          number(ledger.group("read")),
          number(ledger.group("written")),
          number(Optional.ofNullable(ledger.group("unsettled")).orElse("0")));
    }

    private static int number(String text) {
      return Integer.parseInt(text.replace(",", ""));
    }
  }

  /** Runs a command in this process. */
  public static synchronized Result run(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream toOut = new ByteArrayOutputStream();
    ByteArrayOutputStream toErr = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(toOut, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(toErr, true, StandardCharsets.UTF_8));
      // Nothing is asked where the tests run in a terminal.
      int exitCode = Main.run(new Console(System.out, System.out, System.err, false), args);
      return new Result(
          exitCode, toOut.toString(StandardCharsets.UTF_8), toErr.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** Starts a command in a process of its own, with nothing but these variables and a PATH. */
  public static Process start(
      Path folder, Map<String, String> variables, List<String> jvmOptions, String... args)
      throws IOException {
    return process(folder, variables, jvmOptions, args)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .start();
  }

  /** Prepares the same, but its standard output is a pipe. */
  public static ProcessBuilder process(
      Path folder, Map<String, String> variables, List<String> jvmOptions, String... args) {
    List<String> words = new ArrayList<>();
    // What is started in the background by a shell without job control ignores interrupts, and
    // so would we.
    if (System.getProperty("os.name").equals("Linux")) {
      words.addAll(List.of("env", "--default-signal=INT"));
    }
    words.addAll(List.of(JAVA, "-XX:SharedArchiveFile=" + Archive.FILE));
    words.addAll(SHORT_LIVED);
    words.addAll(jvmOptions);
    words.addAll(List.of("-cp", CLASS_PATH, "org.dynocopy.cli.Main"));
    words.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().putAll(variables);
    return builder.redirectError(folder.resolve("err.txt").toFile());
  }

  /** Waits for a command that was started in this folder. */
  public static Result await(Process process, Path folder)
      throws IOException, InterruptedException {
    if (!process.waitFor(4, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end:\n" + Files.readString(folder.resolve("err.txt")));
    }
    return new Result(
        process.exitValue(),
        Files.readString(folder.resolve("out.txt")),
        Files.readString(folder.resolve("err.txt")));
  }
}
