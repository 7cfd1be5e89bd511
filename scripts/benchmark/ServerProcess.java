package org.dynocopy.scripts.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server in a process of its own, that says on its first line where it is, and then answers each
 * line with a line. It ends when this process does, since its input ends then.
 */
final class ServerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final Writer lines;
  private final List<String> endpoints;

  private ServerProcess(Process process) throws IOException {
    this.process = process;
    answers = new BufferedReader(new InputStreamReader(process.getInputStream()));
    lines = process.outputWriter();
    endpoints = List.of(answer().split(" "));
  }

  /** Starts {@link StubServer} with its arguments. */
  static ServerProcess stub(Object... args) throws IOException {
    // The collector that costs least: the pages stay, and the rest is short-lived.
    Stream<String> words = Stream.of(args).map(String::valueOf);
    return start(List.of("-Xmx3g", "-XX:+UseParallelGC"), StubServer.class, words.toList());
  }

  /** Starts {@link LocalServer} with a table of so many items. */
  static ServerProcess local(long items) throws IOException {
    return start(List.of("-Xmx2g"), LocalServer.class, List.of(Long.toString(items)));
  }

  private static ServerProcess start(List<String> options, Class<?> main, List<String> args)
      throws IOException {
    return new ServerProcess(
        Jvm.command(options, main, args).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Where it can be talked to. */
  List<String> endpoints() {
    return endpoints;
  }

  String ask(String line) throws IOException {
    lines.write(line + "\n");
    lines.flush();
    return answer();
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the server has ended");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
