package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.cli.Commands;
import org.dynocopy.state.CheckpointFile;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** Two tables, and copies between them that are stopped and go on, each in its own process. */
final class Resuming {

  private static final int SEVERAL_PAGES = 4_000;

  private static final List<String> SMALL = List.of("-Xmx256m");

  final String from;
  final String to;
  final int number;
  private final Path folder;
  private String secret = "local";
  private Supplier<List<String>> starter = List::of;

  /** Fills the source with so many items that a scan has several pages. */
  Resuming(Path folder) {
    this(folder, SEVERAL_PAGES);
  }

  /** Fills the source: one tenant has all items, in an index by the time they were made. */
  Resuming(Path folder, int number) {
    this.folder = folder;
    this.number = number;
    Projection all = Projection.builder().projectionType("ALL").build();
    from =
        Tables.on(TestServers.first()).key("id", "S").gsi("byTenant", all, "tenant", "at").create();
    to = Tables.on(TestServers.second()).key("id", "S").create();
    Tables.put(TestServers.first(), from, items(number));
  }

  /** Returns items of some size, so that there are several pages. */
  static List<Map<String, AttributeValue>> items(int number) {
    String text = "x".repeat(900);
    return IntStream.range(0, number)
        .mapToObj(
            i ->
                Map.of(
                    "id", AttributeValue.fromS("item " + i),
                    "tenant", AttributeValue.fromS("t1"),
                    "at", AttributeValue.fromS("%06d".formatted(i)),
                    "text", AttributeValue.fromS(text + i)))
        .toList();
  }

  /** Makes later copies sign with another key. */
  void renewCredentials() {
    secret = "renewed";
  }

  /** Makes later copies be started by these words, before their own. */
  void startBy(Supplier<List<String>> words) {
    starter = words;
  }

  /** Starts a copy; each server may be a proxy before it. */
  Process start(URI source, URI target, Map<String, String> more, String... options)
      throws IOException {
    return start(folder, source, target, more, options);
  }

  /** Starts a copy in another folder. */
  Process start(Path in, URI source, URI target, Map<String, String> more, String... options)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("copy", "source:" + from, "target:" + to));
    words.addAll(List.of(options));
    return startWords(in, source, target, more, words.toArray(String[]::new));
  }

  /** Starts whatever, where {@code source} and {@code target} are known. */
  Process startWords(Path in, URI source, URI target, Map<String, String> more, String... words)
      throws IOException {
    Map<String, String> variables = variables(in, source, target);
    variables.putAll(more);
    ProcessBuilder process = Cli.process(in, variables, SMALL, words);
    process.command().addAll(0, starter.get());
    return process.redirectOutput(in.resolve("out.txt").toFile()).start();
  }

  /** Writes which servers {@code source} and {@code target} are, and returns what leads there. */
  private Map<String, String> variables(Path in, URI source, URI target) throws IOException {
    Path config = in.resolve("config");
    Files.writeString(
        config,
        """
        [profile source]
        region = us-east-1
        endpoint_url = %s
        aws_access_key_id = local
        aws_secret_access_key = %3$s
        [profile target]
        region = us-east-1
        endpoint_url = %s
        aws_access_key_id = local
        aws_secret_access_key = %3$s
        """
            .formatted(source, target, secret));
    return new HashMap<>(Map.of("AWS_CONFIG_FILE", config.toString()));
  }

  /** Starts a process that runs one command after the other with these servers. */
  Commands commands(URI source, URI target) throws IOException {
    return Commands.start(folder, variables(folder, source, target));
  }

  /** Runs a copy to its end. */
  Cli.Result run(URI source, URI target, String... options) throws Exception {
    return Cli.await(start(source, target, Map.of(), options), folder);
  }

  /** Runs a recipe to its end, where {@code source} and {@code target} are known. */
  Cli.Result runRecipe(String... words) throws Exception {
    return Cli.await(
        startWords(folder, TestServers.first(), TestServers.second(), Map.of(), words), folder);
  }

  Cli.Result run(String... options) throws Exception {
    return run(TestServers.first(), TestServers.second(), options);
  }

  /** Returns the names of the files in the working folder. */
  List<String> left() throws IOException {
    Path place = folder.resolve(".dynocopy");
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".gitignore"))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  /** Returns the only checkpoint. */
  Path checkpoint() throws IOException {
    List<String> names = left().stream().filter(name -> name.endsWith(".checkpoint")).toList();
    assertThat(names).hasSize(1);
    return folder.resolve(".dynocopy").resolve(names.get(0));
  }

  /** Returns how many items are settled by the only checkpoint. */
  long kept() throws IOException {
    return kept(checkpoint());
  }

  /** Returns how many items are settled by a checkpoint. */
  static long kept(Path checkpoint) {
    return CheckpointFile.read(checkpoint).orElseThrow().checkpoint().settled().read();
  }

  /** Returns how many items a run says were settled before it. */
  static long before(Cli.Result result) {
    Matcher said = Pattern.compile("with ([0-9,]+) items settled").matcher(result.err());
    return said.find() ? Long.parseLong(said.group(1).replace(",", "")) : 0;
  }

  /** What holds when a copy has ended well, however often it was stopped. */
  void assertDone(Cli.Result last) throws IOException {
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(last.err())
        .contains(
            "%1$,d read = 0 filtered + %1$,d written + 0 dead letters".formatted(number),
            "adds up");
    TableComparison comparison =
        TableComparison.of(TestServers.first(), from, TestServers.second(), to);
    assertThat(comparison).isEqualTo(new TableComparison(number, List.of(), List.of(), List.of()));
    assertThat(left()).containsExactly("runs.jsonl");
    List<String> runs = Files.readAllLines(folder.resolve(".dynocopy/runs.jsonl"));
    assertThat(runs.get(runs.size() - 1)).contains("\"read\":" + number, "\"written\":" + number);
  }
}
