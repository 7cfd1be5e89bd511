///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVAC_OPTIONS -proc:none -encoding UTF-8 -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-XX:-UsePerfData
//SOURCES ../dynocopy.java DynamoLocal.java SampleUsers.java
//FILES quickstart.groovy=../examples/quickstart.groovy
// A short run on few cores: compiling for peak speed would take longer than it saves.
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms512m -Xmn256m

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groovy.lang.GroovyShell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.dynocopy.cli.Main;
import org.dynocopy.scripts.DynamoLocal;
import org.dynocopy.scripts.SampleUsers;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Shows dynocopy at work without an AWS account: {@code quickstart [RECIPE.groovy] [OPTIONS]}.
 *
 * <p>Runs a recipe against DynamoDB Local in this process, with sample users in the table {@code
 * users} of {@code eu-west-1} and an empty one in {@code eu-central-1}. Without a recipe it runs
 * {@code examples/quickstart.groovy}, and compares both tables afterwards. The exit code is
 * dynocopy's own, or 1 if the tables differ.
 */
class quickstart {
  private static final String PROD = "eu-west-1";
  private static final String DEV = "eu-central-1";
  private static final String TABLE = "users";
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String... args) throws IOException {
    loadRecipeCompiler();
    leaveBrokenProfiles();
    int exitCode;
    // Groovy takes a second to load, for which this main thread would wait later.
    var groovy = CompletableFuture.runAsync(() -> new GroovyShell().parse("copy { from 'a' }"));
    try (var local = DynamoLocal.start()) {
      SampleUsers.load(local, PROD, TABLE);
      SampleUsers.createEmpty(local, DEV, TABLE);
      System.err.printf(
          "DynamoDB Local, in this process: %,d users in %s, an empty table in %s%n%n",
          SampleUsers.COUNT, PROD, DEV);
      System.setProperty("dynocopy.embedded", local.endpoint().toString());
      groovy.join();
      boolean ownRecipe = args.length > 0 && !args[0].startsWith("-");
      exitCode = ownRecipe ? Main.run(args) : runExample(args);
      if (exitCode == 0 && args.length == 0) {
        exitCode = compare(local);
      }
    }
    System.exit(exitCode); // whatever threads a recipe may have left
  }

  /** The SDK reads the AWS profiles for each client, though the embedded database has none. */
  private static void leaveBrokenProfiles() throws IOException {
    try {
      ProfileFile.defaultProfileFile();
    } catch (RuntimeException e) {
      System.err.println("The AWS profiles cannot be read, and are not needed: " + e.getMessage());
      var empty = Files.createTempFile("profiles", "");
      empty.toFile().deleteOnExit();
      System.setProperty("aws.configFile", empty.toString());
      System.setProperty("aws.sharedCredentialsFile", empty.toString());
    }
  }

  /**
   * Loads what recipes need while the database starts: it takes as long, and there are two cores.
   */
  private static void loadRecipeCompiler() {
    var loading = new Thread(() -> new GroovyShell().parse("1"));
    loading.setDaemon(true);
    loading.start();
  }

  private static int runExample(String... options) throws IOException {
    // That of the clone, and none of the current folder, where it could be anybody's.
    var jbang = Path.of(System.getenv().getOrDefault("JBANG_LAUNCH_CMD", ""));
    var recipe = jbang.resolveSibling("examples/quickstart.groovy").normalize();
    Path copy = null;
    if (jbang.getParent() == null || !Files.isRegularFile(recipe)) { // started by its URL
      copy = Files.createTempDirectory("dynocopy-quickstart");
      recipe = copy.resolve("quickstart.groovy");
      try (InputStream in = quickstart.class.getResourceAsStream("/quickstart.groovy")) {
        Files.copy(in, recipe);
      }
    }
    var args = new ArrayList<String>();
    args.add(recipe.toString());
    args.addAll(List.of(options));
    try {
      return Main.run(args.toArray(String[]::new));
    } finally {
      if (copy != null) {
        Files.delete(recipe);
        Files.delete(copy);
      }
    }
  }

  /**
   * Compares what is stored, with code that shares nothing with dynocopy's; returns the exit code.
   */
  private static int compare(DynamoLocal local) throws IOException {
    var expected = local.stored(SampleUsers.ACCESS_KEY, PROD, TABLE);
    var actual = local.stored(SampleUsers.ACCESS_KEY, DEV, TABLE);
    int identical = 0;
    var differences = new TreeSet<>(actual.keySet());
    differences.removeAll(expected.keySet());
    for (var item : expected.entrySet()) {
      byte[] copy = actual.get(item.getKey());
      if (copy != null && value(item.getValue()).equals(value(copy))) {
        identical++;
      } else {
        differences.add(item.getKey());
      }
    }
    System.err.printf("%nCompared item by item: %,d identical", identical);
    if (differences.isEmpty()) {
      System.err.println();
      return 0;
    }
    System.err.printf(", %,d not, such as %s%n", differences.size(), differences.first());
    return 1;
  }

  private static Object value(byte[] item) throws IOException {
    return value("M", JSON.readTree(item));
  }

  /**
   * Returns a value of a DynamoDB type in a form whose equality is the type's: sets have no order.
   */
  private static Object value(String type, JsonNode node) {
    switch (type) {
      case "M":
        var map = new HashMap<String, Object>();
        node.properties().forEach(entry -> map.put(entry.getKey(), typed(entry.getValue())));
        return map;
      case "L":
        var list = new ArrayList<Object>();
        node.forEach(element -> list.add(typed(element)));
        return list;
      case "SS", "NS", "BS":
        var set = new HashSet<Object>();
        node.forEach(set::add);
        return set;
      default:
        return node;
    }
  }

  private static Object typed(JsonNode attribute) {
    var field = attribute.properties().iterator().next();
    return Map.entry(field.getKey(), value(field.getKey(), field.getValue()));
  }
}
