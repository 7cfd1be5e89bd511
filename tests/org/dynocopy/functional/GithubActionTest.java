package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dynocopy.scripts.DynamoLocal;
import org.dynocopy.scripts.SampleUsers;
import org.dynocopy.testing.ProcessVariables;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs the scripts of the example workflow as GitHub would, step by step. */
@Execution(ExecutionMode.CONCURRENT)
class GithubActionTest {

  private static final Path ACTION = Path.of("examples", "github-action").toAbsolutePath();
  private static final String WORKFLOW = ".github/workflows/refresh-tenant.yml";
  private static final Pattern STEP =
      Pattern.compile("\n      - name: ([^\n]*)\n(.*?)(?=\n      - |\\z)", Pattern.DOTALL);
  private static final Pattern RUN =
      Pattern.compile("\n        run: (?:\\|\n((?:          [^\n]*\n?)+)|([^\n]*))");

  @TempDir private Path folder;

  /** Returns the script of a step. */
  private static String script(String step) throws IOException {
    String workflow = Files.readString(ACTION.resolve(WORKFLOW));
    Matcher steps = STEP.matcher(workflow);
    while (steps.find()) {
      Matcher run = RUN.matcher("\n" + steps.group(2));
      if (steps.group(1).startsWith(step) && run.find()) {
        return run.group(1) == null ? run.group(2) : run.group(1).stripIndent();
      }
    }
    throw new AssertionError("no step `" + step + "` with a script in\n" + workflow);
  }

  private void run(String step, Map<String, String> variables) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-eo", "pipefail", "-c", script(step))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile());
    ProcessVariables.of(builder).environment().put("HOME", folder.toString());
    builder.environment().putAll(variables);
    int exitCode = builder.start().waitFor();
    assertThat(exitCode).as(Files.readString(folder.resolve("output.txt"))).isZero();
  }

  private static Map<String, String> keys(String key) {
    return Map.of("AWS_ACCESS_KEY_ID", key, "AWS_SECRET_ACCESS_KEY", "s", "AWS_SESSION_TOKEN", "t");
  }

  private void put(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
    assertThat(folder.resolve(name).toFile().setExecutable(true)).isTrue();
  }

  @Test
  void buttonBringsOneTenantFromProdToDev() throws Exception {
    put(".github/keep-profile", Files.readString(ACTION.resolve(".github/keep-profile")));
    put("refresh-tenant.groovy", Files.readString(ACTION.resolve("refresh-tenant.groovy")));
    String java =
        Path.of(System.getProperty("java.home"), "bin", "java")
            + " -Duser.home="
            + folder
            + " -cp "
            + System.getProperty("java.class.path")
            + " org.dynocopy.cli.Main";
    put("jbang", "#!/bin/sh\n[ \"$1\" = dynocopy ] && shift && exec " + java + " \"$@\"\n");
    run("Keep these credentials as the profile acme-prod", keys(SampleUsers.ACCESS_KEY));
    run("Keep these credentials as the profile acme-dev", keys(SampleUsers.ACCESS_KEY));
    Set<String> sent = new ConcurrentSkipListSet<>();
    try (DynamoLocal local = DynamoLocal.start();
        FaultProxy logging =
            new FaultProxy(
                local.endpoint(),
                (operation, number) -> {
                  sent.add(operation);
                  return Fault.NONE;
                })) {
      SampleUsers.load(local, "eu-west-1", "users");
      SampleUsers.load(local, "eu-central-1", "users");
      String server = logging.endpoint().toString();
      run("Copy", Map.of("AWS_ENDPOINT_URL", server, "TENANT", "t1", "DRY_RUN", "--dry-run"));
      assertThat(folder.resolve("summary.jsonl")).content().contains("\"event\":\"plan\"");
      run("Copy", Map.of("AWS_ENDPOINT_URL", server, "TENANT", "t1", "DRY_RUN", ""));
      assertThat(folder.resolve("summary.jsonl"))
          .content()
          .contains("\"written\":2500", "\"complete\":true", "\"exitCode\":0");
      assertThat(ACTION.resolve(WORKFLOW)).content().contains(sent);
    }
  }
}
