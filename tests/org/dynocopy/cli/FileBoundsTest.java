package org.dynocopy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.dynocopy.testing.ChildJava;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whatever is in a file that is read, and however much of it: a sentence that names the file, soon,
 * in 64 MB of heap. Each kind of file is read by the command that reads it.
 */
@Execution(ExecutionMode.CONCURRENT)
class FileBoundsTest {

  private static final long HUGE = 5L << 30;
  private static final URI SERVER = TestServers.first();

  private final String table = Tables.on(SERVER).key("id", "S").create();
  private final String to = Tables.on(SERVER).key("id", "S").create();

  @TempDir private Path folder;

  /** Puts something in a file's place. */
  private interface Making {
    Path in(Path file) throws IOException;
  }

  private static Path pipe(Path file) throws IOException {
    try {
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      return file;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** What a file has in it: a text, and then zeros, or line breaks where these are compressed. */
  private record Content(String text, long length, int more) implements Making {

    /** Makes a file with it, which takes little place on the disk. */
    @Override
    public Path in(Path file) throws IOException {
      if (!file.toString().endsWith(".gz")) {
        Files.writeString(file, text);
        try (RandomAccessFile zeros = new RandomAccessFile(file.toFile(), "rw")) {
          zeros.setLength(Math.max(length, zeros.length()));
        }
        return file;
      }
      byte[] some = new byte[length > 0 ? 16 << 20 : 0];
      Arrays.fill(some, (byte) more);
      byte[] member = gzip(some);
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(gzip(text.getBytes(UTF_8)));
        for (long done = 0; done < length; done += some.length) {
          out.write(member);
        }
      }
      return file;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
      ByteArrayOutputStream member = new ByteArrayOutputStream();
      try (OutputStream gzip = new GZIPOutputStream(member)) {
        gzip.write(bytes);
      }
      return member.toByteArray();
    }
  }

  private static List<Content> contents() {
    String item = "{\"Item\":{\"id\":";
    String letter = "{\"itemCount\":{},\"item\":{\"id\":";
    String digits = "7".repeat(450_000);
    return List.of(
        new Content("", HUGE, 0),
        new Content("", HUGE, '\n'),
        new Content(item + "{\"S\":\"", HUGE, 0),
        new Content(item + "{\"L\":[".repeat(100_000), 0, 0),
        new Content(letter + "{\"N\":\"" + digits + "\"}}}\n", 0, 0),
        new Content("{\"items\":" + digits + ",\"itemCount\":" + digits + "}\n", 0, 0));
  }

  /** Runs the commands one after the other, since to start a JVM takes longer than all of them. */
  static final class Commands {
    private Commands() {}

    public static void main(String[] args) throws IOException {
      Path folder = Path.of(args[0]);
      System.setProperty("dynocopy.folder", folder.resolve("kept").toString());
      for (String line : Files.readAllLines(folder.resolve("commands"))) {
        String[] command = line.split("\t");
        if (command[0].equals("profiles")) {
          System.setProperty("aws.configFile", command[1]);
          command = new String[] {"query", "prof:t"};
        }
        Cli.Result result = Cli.run(command);
        System.clearProperty("aws.configFile");
        String said = result.err().replace('\n', ' ');
        System.out.println(result.exitCode() + "\t" + said);
      }
    }
  }

  /** Returns the commands that read a file of this content, each kind of file in its own folder. */
  private List<List<String>> commands(Making content, Path at) throws IOException {
    List<List<String>> all = new ArrayList<>();
    Path plain = content.in(at.resolve("data.jsonl"));
    all.add(List.of("restore", "file:" + plain, table, "--yes"));
    all.add(List.of("restore", "file:" + content.in(at.resolve("bomb.jsonl.gz")), table, "--yes"));
    all.add(List.of("replay", plain.toString(), table, "--yes"));
    all.add(List.of("copy", table, to, "--pks", plain.toString()));
    all.add(List.of("copy", table, to, "--resume", plain.toString()));
    all.add(List.of("copy", table, to, "--control", plain.toString()));
    all.add(List.of("verify", "file:" + plain, table));
    all.add(List.of("profiles", plain.toString()));
    content.in(at.resolve("other.schema.json"));
    Path other = Files.writeString(at.resolve("other.jsonl"), "{\"id\":{\"S\":\"a\"}}\n");
    all.add(List.of("restore", "file:" + other, table, "--yes"));
    for (String name : List.of("manifest-files.json", "manifest-summary.json")) {
      Path export = Files.createDirectories(at.resolve(name + ".export"));
      Path data = Files.createDirectories(export.resolve("data")).resolve("a.json.gz");
      Files.write(data, Content.gzip("{\"id\":{\"S\":\"a\"}}\n".getBytes(UTF_8)));
      content.in(export.resolve(name));
      all.add(List.of("restore", "file:" + export, table, "--yes"));
    }
    all.add(List.of(content.in(at.resolve("recipe.groovy")).toString()));
    return all;
  }

  @Test
  void everyFileThatIsReadIsBounded() throws Exception {
    List<List<String>> commands = new ArrayList<>();
    for (Content content : contents()) {
      Path at = Files.createDirectory(folder.resolve("c" + commands.size()));
      commands.addAll(commands(content, at));
    }
    assertRefused(commands);
  }

  /** To open a pipe to which nobody writes waits for ever. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void noPipeIsReadWhateverFileItStandsFor() throws Exception {
    List<List<String>> commands = commands(FileBoundsTest::pipe, folder);
    Path export = Files.createDirectories(folder.resolve("export/data")).getParent();
    pipe(export.resolve("data/a.json.gz"));
    commands.add(List.of("restore", "file:" + export, table, "--yes"));
    Path main = Files.writeString(folder.resolve("main.groovy"), "include 'part.groovy'");
    pipe(folder.resolve("part.groovy"));
    commands.add(List.of(main.toString()));
    String plain = folder.resolve("data.jsonl").toString();
    commands.add(List.of("copy", table, to, "--dead-letter", plain));
    commands.add(List.of("verify", table, plain));
    assertRefused(commands);
  }

  private void assertRefused(List<List<String>> commands) throws Exception {
    List<String> lines = new ArrayList<>();
    for (List<String> command : commands) {
      List<String> words = new ArrayList<>(command);
      words.addAll(List.of("--endpoint-url", SERVER.toString(), "--region", "us-east-1"));
      lines.add(String.join("\t", words));
    }
    Files.write(folder.resolve("commands"), lines);
    Process child = ChildJava.start(":", Commands.class, folder, "-Xmx64m", "-Xlog:disable");
    // What waits for ever fails, and does not hold up the suite.
    child.onExit().completeOnTimeout(child, 4, TimeUnit.MINUTES).thenAccept(Process::destroy);
    List<String> results =
        new String(child.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(results).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      String command = lines.get(i).replace(folder.toString(), "");
      assertThat(results.get(i))
          .as(command)
          .startsWith("2\t")
          .contains(folder.toString())
          .doesNotContain("\tat ", "Exception", "memory")
          .hasSizeLessThan(2_000);
    }
  }
}
