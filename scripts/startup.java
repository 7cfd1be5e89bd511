///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVAC_OPTIONS -proc:none -encoding UTF-8 -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-XX:-UsePerfData
//DEPS info.picocli:picocli:4.7.7
//SOURCES start/FirstRequest.java
//SOURCES start/Start.java
//SOURCES start/Way.java
//MAIN startup

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.dynocopy.scripts.start.FirstRequest;
import org.dynocopy.scripts.start.Start;
import org.dynocopy.scripts.start.Way;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how long dynocopy takes to its first request; {@code scripts/README.md} tells more. */
@Command(
    name = "scripts/startup",
    mixinStandardHelpOptions = true,
    description =
        "Measures how long dynocopy takes from the command to its first request, in each way to"
            + " start it.")
class startup implements Callable<Integer> {

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Start each way so many times; ${DEFAULT-VALUE} by default.")
  private int repeat = 10;

  @Option(
      names = "--java",
      paramLabel = "HOME",
      description = "The JDK; that of JAVA_HOME, or of this script, by default.")
  private Path java =
      Path.of(System.getenv().getOrDefault("JAVA_HOME", System.getProperty("java.home")));

  @Option(
      names = "--alone",
      description =
          "Leave out starts during which other processes took more than a tenth of the processors'"
              + " time; on Linux only.")
  private boolean alone;

  @Option(names = "--json", description = "Print every single start as JSON.")
  private boolean json;

  public static void main(String... args) {
    System.exit(new CommandLine(new startup()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path project = Path.of("").toAbsolutePath();
    while (project != null && !Files.isRegularFile(project.resolve("dynocopy.java"))) {
      project = project.getParent();
    }
    if (project == null) {
      System.err.println("startup: run it in a checkout of dynocopy");
      return 2;
    }
    if (repeat < 1) {
      System.err.println("startup: --repeat is at least 1, but was " + repeat);
      return 2;
    }
    if (!Files.isExecutable(java.resolve("bin/javac"))) {
      System.err.println("startup: there is no JDK in " + java + ": say --java HOME");
      return 2;
    }
    Path folder = Files.createTempDirectory("startup");
    try (FirstRequest service = new FirstRequest()) {
      Map<Way, List<Start>> starts = new LinkedHashMap<>();
      for (Way way : Way.all(project, folder, java, service)) {
        way.run(service); // builds, and makes the archive of classes
        starts.put(way, new ArrayList<>());
      }
      Way.settle();
      for (int round = 0; round < repeat; round++) {
        for (Map.Entry<Way, List<Start>> way : starts.entrySet()) {
          Way one = way.getKey();
          way.getValue().add(alone ? one.runAlone(service) : one.run(service));
        }
      }
      System.out.print(json ? Start.json(starts) : Start.table(starts));
      return 0;
    } catch (Way.FailedException e) {
      System.err.println("startup: " + e.getMessage());
      return 1;
    } finally {
      Way.delete(folder);
    }
  }
}
