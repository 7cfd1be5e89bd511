package org.dynocopy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.dynocopy.cli.Cli.Result;
import org.dynocopy.cli.console.Console;

/**
 * A process with variables of its own that runs commands, one after the other or beside each other:
 * it costs one start for all of them.
 */
public final class Commands implements AutoCloseable {

  private final Process process;
  private final PrintStream to;
  private final Map<String, CompletableFuture<Result>> running = new ConcurrentHashMap<>();
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private int number;

  private Commands(Process process) {
    this.process = process;
    this.to = new PrintStream(process.getOutputStream(), true, UTF_8);
    Thread reader = new Thread(this::read, "commands");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts one, with nothing but these variables and a PATH, in this folder as its home. */
  public static Commands start(Path folder, Map<String, String> variables) throws IOException {
    ProcessBuilder process = Cli.process(folder, variables, List.of());
    List<String> words = new ArrayList<>(process.command());
    words.set(words.size() - 1, Loop.class.getName());
    process.environment().put("AWS_EC2_METADATA_DISABLED", "false");
    return new Commands(process.command(words).start());
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", -1);
        Result result =
            new Result(Integer.parseInt(parts[1]), decoded(parts[2]), decoded(parts[3]));
        said.add(result.out());
        said.add(result.err());
        running.remove(parts[0]).complete(result);
      }
    } catch (IOException e) {
      // It is closed: commands that have not ended fail below.
    } finally {
      running.values().forEach(one -> one.completeExceptionally(new IOException("it has ended")));
    }
  }

  /** Runs a command with these properties of Java's, and waits for it. */
  public synchronized Result run(Map<String, String> properties, String... words) {
    return start(properties, words).join();
  }

  /** Runs a command, and waits for it. */
  public Result run(String... words) {
    return run(Map.of(), words);
  }

  /** Begins a command; the properties hold for all until it ends. */
  synchronized CompletableFuture<Result> start(Map<String, String> properties, String... words) {
    String id = "" + number++;
    CompletableFuture<Result> result = new CompletableFuture<>();
    running.put(id, result);
    List<String> all = new ArrayList<>();
    properties.forEach((name, value) -> all.add("-D" + name + "=" + value));
    all.addAll(List.of(words));
    to.println(id + " " + encoded(String.join("\0", all)));
    return result;
  }

  /** Returns all that was printed. */
  List<String> said() {
    return List.copyOf(said);
  }

  @Override
  public void close() {
    to.close();
    process.destroy();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), UTF_8);
  }

  /** What the process runs: a command by line. */
  static final class Loop {
    public static void main(String... none) throws IOException {
      PrintStream out = System.out;
      BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ");
        new Thread(() -> run(out, parts[0], decoded(parts[1]).split("\0"))).start();
      }
      System.exit(0);
    }

    private static void run(PrintStream to, String id, String... all) {
      Map<String, String> properties = new HashMap<>();
      String[] words =
          Arrays.stream(all).filter(word -> !word.startsWith("-D")).toArray(String[]::new);
      for (String word : all) {
        if (word.startsWith("-D")) {
          String[] property = word.substring(2).split("=", 2);
          properties.put(property[0], property[1]);
        }
      }
      properties.forEach(System::setProperty);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int exitCode = -1;
      try (PrintStream toOut = new PrintStream(out, true, UTF_8);
          PrintStream toErr = new PrintStream(err, true, UTF_8)) {
        try {
          exitCode = Main.run(new Console(toOut, toOut, toErr, false), words);
        } catch (RuntimeException | Error e) {
          e.printStackTrace(toErr);
        }
      } finally {
        properties.keySet().forEach(System::clearProperty);
      }
      synchronized (to) {
        to.println(
            id
                + " "
                + exitCode
                + " "
                + encoded(out.toString(UTF_8))
                + " "
                + encoded(err.toString(UTF_8)));
      }
    }
  }
}
