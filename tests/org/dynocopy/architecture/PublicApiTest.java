package org.dynocopy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What others may use of dynocopy, as public-api.txt lists it. After a change that is meant, {@code
 * ./jbang -Ddynocopy.renew=true test PublicApiTest} writes the list anew: look at its difference.
 */
class PublicApiTest {

  private static final Path LIST =
      SourceFile.project().resolve("tests/org/dynocopy/architecture/public-api.txt");

  /**
   * What names internal types all the same: what a job returns and is run by, and what a table's
   * requests are counted by, has yet to get ports.
   */
  private static final Set<String> EXCEPTIONS =
      Set.of(
          "org.dynocopy.Action names org.dynocopy.run.job.Report",
          "org.dynocopy.Action names org.dynocopy.run.job.Stages",
          "org.dynocopy.store.Stores names org.dynocopy.capacity.Meters",
          "org.dynocopy.store.Table names org.dynocopy.capacity.Meter",
          "org.dynocopy.store.TableInfo names org.dynocopy.capacity.Billing",
          "org.dynocopy.store.TableInfo names org.dynocopy.capacity.Meter",
          "org.dynocopy.store.TableInfo names org.dynocopy.capacity.Meters",
          "org.dynocopy.store.TableInfo names org.dynocopy.capacity.Pricing",
          "org.dynocopy.store.TableInfo$Index names org.dynocopy.capacity.Throughput",
          "org.dynocopy.store.TableReading names org.dynocopy.capacity.Meter",
          "org.dynocopy.store.TableService names org.dynocopy.capacity.Meter");

  private final List<SourceFile> files = SourceFile.under("lib", "dsl");
  private final PublicApi api = new PublicApi(files);

  @Test
  void isWhatTheListSays() throws IOException {
    if (Boolean.getBoolean("dynocopy.renew")) {
      Files.write(LIST, api.lines());
    }
    List<String> now = api.lines();
    List<String> listed = Files.readAllLines(LIST);
    List<String> changes = new ArrayList<>();
    now.stream().filter(line -> !listed.contains(line)).forEach(l -> changes.add("+ " + l));
    listed.stream().filter(line -> !now.contains(line)).forEach(l -> changes.add("- " + l));
    assertThat(changes)
        .as("what has changed of the public API; if that is meant, write its list as said above")
        .isEmpty();
  }

  @Test
  void namesNoInternalType() {
    assertThat(api.internalNames()).containsExactlyElementsOf(new TreeSet<>(EXCEPTIONS));
  }

  /** So that a new one is public, or internal, because somebody decided it. */
  @Test
  void everyPackageHasAFile() {
    Set<String> described =
        files.stream()
            .filter(SourceFile::isPackage)
            .map(SourceFile::packageName)
            .collect(Collectors.toSet());
    assertThat(files).extracting(SourceFile::packageName).isSubsetOf(described);
  }
}
