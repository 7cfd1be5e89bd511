///usr/bin/env jbang "$0" "$@" ; exit $?

//JAVA 17+
//JAVAC_OPTIONS -proc:none -encoding UTF-8 -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-XX:-UsePerfData
// Little of it runs for long: the second compiler and the first collector take more than they give.
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseParallelGC
//DEPS software.amazon.awssdk:bom:2.56.0@pom
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//DEPS org.assertj:assertj-core:3.27.7
//DEPS com.tngtech.archunit:archunit:1.5.0
//SOURCES ../dynocopy.java
//SOURCES ../scripts/DynamoLocal.java
//SOURCES ../scripts/SampleUsers.java
//SOURCES org/**/*.java
//MAIN run

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests, all or those named: {@code LedgerTest}, {@code org.dynocopy.engine.LedgerTest},
 * {@code LedgerTest#adds}. The last line counts them. Exits with 1 if one failed, a name fits none,
 * or there are none.
 */
class run {

  /**
   * Three threads. Classes marked as concurrent start programs or have but the servers in common
   * with others; the rest changes or looks at what belongs to the JVM, as its standard output, and
   * runs one by one beside them. Connections read system properties: concurrent classes that open
   * any in this JVM, and classes that change properties, lock them.
   */
  private static final Map<String, String> BESIDE_EACH_OTHER =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "3",
          "junit.jupiter.execution.parallel.config.executor-service", "worker_thread_pool");

  public static void main(String... names) throws Exception {
    var named = new Named(names);
    var report = new Report();
    var jar = Path.of(run.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var request =
        request()
            .selectors(selectClasspathRoots(Set.of(jar)))
            .filters(named.filter())
            .configurationParameter("junit.jupiter.execution.timeout.default", "5 m")
            .configurationParameters(BESIDE_EACH_OTHER)
            .configurationParameter("junit.jupiter.testclass.order.default", Order.class.getName())
            .build();
    Path folder = Files.createTempDirectory("dynocopy-tests");
    System.setProperty("dynocopy.folder", folder.toString());
    // In this process a command is nobody in particular, whoever runs the tests: these go before
    // the variables.
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretAccessKey", "local");
    System.setProperty("aws.sessionToken", "");
    System.setProperty("aws.configFile", folder.resolve("config").toString());
    System.setProperty("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
    System.setProperty("aws.profile", "default");
    LauncherFactory.create().execute(request, report);
    boolean missed = named.reportMissed();
    boolean passed = report.summary();
    delete(folder);
    // Not all that the tests start, DynamoDB Local above all, ends by itself.
    System.exit(passed && !missed ? 0 : 1);
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // Something is still being written there, on which nothing depends.
    }
  }

  /**
   * By name, not as a file system lists them, which differs from one machine to the next; but first
   * what runs JBang. Such classes take long and wait for each other: at the end they would run
   * alone.
   */
  static final class Order implements ClassOrderer {
    private static final Comparator<ClassDescriptor> JBANG_FIRST =
        Comparator.comparing((ClassDescriptor type) -> !runsJbang(type))
            .thenComparing(type -> type.getTestClass().getName());

    @Override
    public void orderClasses(ClassOrdererContext context) {
      context.getClassDescriptors().sort(JBANG_FIRST);
    }

    private static boolean runsJbang(ClassDescriptor type) {
      return type.findRepeatableAnnotations(ResourceLock.class).stream()
          .anyMatch(lock -> lock.value().equals("jbang"));
    }
  }

  /** The tests that were asked for. */
  private static final class Named {
    private final Map<String, Pattern> missed = new LinkedHashMap<>();
    private final List<Pattern> patterns;

    Named(String... names) {
      for (String name : names) {
        String[] parts = name.split("#", 2);
        String method = parts.length == 1 ? ".*" : Pattern.quote(parts[1]);
        String type = "(.*[.$])?" + Pattern.quote(parts[0]) + "([$].*)?";
        missed.put(name, Pattern.compile(type + "#" + method));
      }
      patterns = List.copyOf(missed.values());
    }

    PostDiscoveryFilter filter() {
      return test ->
          FilterResult.includedIf(
              !(test.getSource().orElse(null) instanceof MethodSource source) || includes(source));
    }

    private boolean includes(MethodSource source) {
      String test = source.getClassName() + "#" + source.getMethodName();
      missed.values().removeIf(pattern -> pattern.matcher(test).matches());
      return patterns.isEmpty() || patterns.stream().anyMatch(p -> p.matcher(test).matches());
    }

    boolean reportMissed() {
      missed.keySet().forEach(name -> System.out.println("No test is named " + name));
      return !missed.isEmpty();
    }
  }

  /**
   * One line for each test class, each failure where it happens, and all failures once more at the
   * end.
   */
  private static final class Report implements TestExecutionListener {
    // Tests may have put another in its place when something is to be said.
    private final PrintStream out = System.out;
    private final Map<TestIdentifier, Long> started = new HashMap<>();
    private final List<String> failures = new ArrayList<>();
    private TestPlan plan;
    private int passed;
    private int skipped;

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan plan) {
      this.plan = plan;
    }

    @Override
    public synchronized void executionStarted(TestIdentifier test) {
      started.put(test, System.nanoTime());
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
      var inside = plan.getDescendants(test).stream().filter(TestIdentifier::isTest).count();
      skipped += Math.max(1, (int) inside);
      out.printf("  skipped %s: %s%n", name(test), reason);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
      switch (result.getStatus()) {
        case SUCCESSFUL -> passed += test.isTest() ? 1 : 0;
        case ABORTED ->
            executionSkipped(test, result.getThrowable().map(Throwable::getMessage).orElse(""));
        case FAILED -> {
          failures.add(name(test));
          out.println("  FAILED " + name(test));
          result.getThrowable().ifPresent(e -> e.printStackTrace(out));
        }
      }
      boolean ofEngine =
          plan.getParent(test).map(parent -> parent.getParentId().isEmpty()).orElse(false);
      if (ofEngine) {
        double seconds = (System.nanoTime() - started.get(test)) / 1e9;
        out.printf("%7.2f s  %s%n", seconds, name(test));
      }
    }

    /** Prints what failed and the counts, and returns whether there were tests and all passed. */
    boolean summary() {
      failures.forEach(name -> out.println("FAILED " + name));
      if (!failures.isEmpty()) {
        out.println("Random cases began with " + Cases.again());
      }
      String skips = skipped == 0 ? "" : ", " + skipped + " skipped";
      out.printf("%d passed, %d failed%s%n", passed, failures.size(), skips);
      return failures.isEmpty() && passed > 0;
    }

    private String name(TestIdentifier test) {
      return plan.getParent(test)
          .filter(parent -> parent.getParentId().isPresent())
          .map(parent -> name(parent) + " > " + test.getDisplayName())
          .orElse(test.getDisplayName());
    }
  }
}
