package org.dynocopy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.dynocopy.launch.Command.Result;
import org.junit.jupiter.api.Test;

/** What {@code ./jbang shell} does with lines that are piped in. */
class ShellTest {

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

  private static Result shell(String lines) throws Exception {
    var piped = List.of("sh", "-c", "printf '%s\\n' \"$1\" | ./jbang shell", "sh", lines);
    return new Command(piped, Path.of("").toAbsolutePath(), System.getenv()).run();
  }
}
