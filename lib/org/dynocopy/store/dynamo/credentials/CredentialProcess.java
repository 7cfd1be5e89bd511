package org.dynocopy.store.dynamo.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.store.dynamo.wire.FailureText;
import org.dynocopy.store.dynamo.wire.SignInException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * The {@code credential_process} of a profile. The SDK's own does not read the error output of one
 * before the process has ended, and leaves its input open: with much to say, or a question, it
 * would wait without end.
 *
 * @param command what the system's shell runs
 * @param name what messages call it
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html">Process
 *     credential provider</a>
 */
record CredentialProcess(String command, String name) {

  /** As long as AWS's SDK for Go waits. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** What it has left running may keep its output open. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  /** As much as the SDK takes. */
  private static final int MOST = 64_000;

  /** Secrets by their usual names, as debug output has them. */
  private static final Pattern SECRET =
      Pattern.compile(
          "((?:secret|token|password)\\w*[\"']?\\s*[:=]\\s*)(?:\"[^\"]*|'[^']*|[^\\s,}]+)",
          Pattern.CASE_INSENSITIVE);

  /** What a process writes, read as it comes; all but the beginning is dropped. */
  private static final class Output extends Thread {
    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output(InputStream in) {
      super("credential-process");
      this.in = in;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8 << 10];
      try (in) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          bytes.write(buffer, 0, Math.min(read, MOST - bytes.size()));
        }
      } catch (IOException e) {
        // It was ended: what it has written until then is what there is.
      }
    }

    byte[] read() throws InterruptedException {
      join(AFTERWARDS.toMillis());
      return bytes.toByteArray();
    }
  }

  /**
   * Runs it.
   *
   * @throws SignInException if it gives no credentials
   */
  AwsCredentials fetch() {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    Process process;
    try {
      process =
          new ProcessBuilder(windows ? "cmd.exe" : "sh", windows ? "/C" : "-c", command).start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw failed("failed: " + FailureText.of(e));
    }
    try {
      return credentials(process);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted");
    } finally {
      if (process.isAlive()) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
      }
    }
  }

  private AwsCredentials credentials(Process process) throws InterruptedException {
    Output said = new Output(process.getInputStream());
    Output complaint = new Output(process.getErrorStream());
    if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new SignInException(
          Kind.REFUSED,
          name + " has not ended within a minute: run it yourself to see what it waits for",
          null);
    }
    if (process.exitValue() != 0) {
      String words = new String(complaint.read(), UTF_8);
      words = FailureText.plain(SECRET.matcher(words).replaceAll("$1…"));
      String code = "failed: exit code " + process.exitValue();
      throw failed(words.isEmpty() ? code : code + ", " + words);
    }
    return SecretJson.of(said.read())
        .flatMap(this::parsed)
        .orElseThrow(
            () ->
                failed(
                    "failed: what it writes is not JSON with Version 1, AccessKeyId and"
                        + " SecretAccessKey"));
  }

  private Optional<AwsCredentials> parsed(SecretJson json) {
    Optional<String> key = json.text("AccessKeyId");
    Optional<String> secret = json.text("SecretAccessKey");
    Optional<Instant> end = json.time("Expiration");
    boolean complete = json.text("Version").equals(Optional.of("1")) && key.isPresent();
    if (!complete || secret.isEmpty() || json.text("Expiration").isPresent() != end.isPresent()) {
      return Optional.empty();
    }
    Optional<String> ended = end.flatMap(CheckedCredentials::ended);
    if (ended.isPresent()) {
      throw failed("gives " + ended.get());
    }
    Optional<String> token = json.text("SessionToken");
    String account = json.text("AccountId").orElse(null);
    return Optional.of(
        token.isPresent()
            ? AwsSessionCredentials.builder()
                .accessKeyId(key.get())
                .secretAccessKey(secret.get())
                .sessionToken(token.get())
                .accountId(account)
                .expirationTime(end.orElse(null))
                .build()
            : AwsBasicCredentials.builder()
                .accessKeyId(key.get())
                .secretAccessKey(secret.get())
                .accountId(account)
                .build());
  }

  private SignInException failed(String why) {
    return new SignInException(Kind.EXPIRED, name + " " + why, null);
  }
}
