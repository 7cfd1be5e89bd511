package org.dynocopy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dynocopy.launch.Command.Result;
import org.dynocopy.testing.ProcessVariables;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** What {@code ./jbang shell} does with lines that are piped in. */
@ResourceLock("jbang")
@Execution(ExecutionMode.CONCURRENT)
class ShellTest {

  @TempDir Path folder;

  @Test
  void knowsTheFacade() throws Exception {
    shell(""); // compiles, of which JBang tells
    var result = shell("System.out.println(copy(\"a:users\", \"b:users\") != null)");
    assertThat(result).isEqualTo(new Result(0, "true\n", ""));
  }

  @Test
  void aMistakeIsInTheExitCode() throws Exception {
    var result = shell("copi(1);\nSystem.out.println(2)");
    assertThat(result.err()).contains("cannot find symbol");
    assertThat(result.out()).isEqualTo("2\n");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void copiesAndQueriesInALine() throws Exception {
    var server = TestServers.first();
    var all = Projection.builder().projectionType("ALL").build();
    var from = Tables.on(server).key("id", "S").gsi("byTenant", all, "tenant").create();
    var to = Tables.on(server).key("id", "S").create();
    Tables.put(server, from, List.of(user("u1", "t1"), user("u2", "t2"), user("u3", "t1")));
    var lines =
        """
        copy("%1$s", "%2$s").segments(8).where(gsi("byTenant").pk("t1")).run()
        System.out.println(query("%2$s").pk("u3").stream().map(u -> u.get("tenant")).toList())
        System.out.println(query("%2$s").count())
        """
            .formatted(from, to);
    var result = shell(lines, Map.of("AWS_ENDPOINT_URL", server.toString()));
    assertThat(result.out()).isEqualTo("[t1]\n2\n");
    assertThat(result.err()).contains("the ledger adds up: 2 read = 0 filtered + 2 written");
  }

  private static Map<String, AttributeValue> user(String id, String tenant) {
    return Map.of("id", AttributeValue.fromS(id), "tenant", AttributeValue.fromS(tenant));
  }

  private Result shell(String lines) throws Exception {
    return shell(lines, Map.of());
  }

  private Result shell(String lines, Map<String, String> variables) throws Exception {
    var piped = List.of("sh", "-c", "printf '%s\\n' \"$1\" | ./jbang shell", "sh", lines);
    var environment = new HashMap<>(ProcessVariables.all());
    environment.put("DYNOCOPY_FOLDER", folder.toString());
    environment.putAll(variables);
    return new Command(piped, Path.of("").toAbsolutePath(), environment).run();
  }
}
