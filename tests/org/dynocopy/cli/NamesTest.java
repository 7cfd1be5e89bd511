package org.dynocopy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import org.dynocopy.testing.ChildJava;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The command asks for names again; the JDK remembers them for half a minute, or for ever. */
@Execution(ExecutionMode.CONCURRENT)
class NamesTest {

  @TempDir private Path folder;

  /** Looks for a name until it leads elsewhere. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] args) throws Exception {
      Main.askForNamesAgain();
      Path hosts = Path.of(args[0]);
      String first = InetAddress.getByName("dynamodb.test").getHostAddress();
      Files.writeString(hosts, "10.0.0.2 dynamodb.test\n");
      String now = first;
      while (now.equals(first)) {
        Thread.sleep(100);
        now = InetAddress.getByName("dynamodb.test").getHostAddress();
      }
      System.out.print(first + " " + now + " " + Security.getProperty("networkaddress.cache.ttl"));
    }
  }

  @Test
  @Timeout(60)
  void nameIsAskedForAgainAfterSeconds() throws Exception {
    Path hosts = Files.writeString(folder.resolve("hosts"), "10.0.0.1 dynamodb.test\n");
    Process child = ChildJava.start(":", Asking.class, hosts, "-Djdk.net.hosts.file=" + hosts);
    assertThat(new String(child.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("10.0.0.1 10.0.0.2 5");
  }
}
