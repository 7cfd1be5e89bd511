package org.dynocopy.testing.servers;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.dynocopy.testing.servers.ScriptedServer.Conversation;
import org.dynocopy.testing.servers.ScriptedServer.Received;

/** What stands beside a container and an instance of {@link AwsBox}: no proxy is on the way. */
public final class AwsMetadata implements AutoCloseable {

  private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

  private final AwsSessions sessions;
  private final String token;
  private final ScriptedServer server = new ScriptedServer(this::serve);

  /** Another answer to a path. */
  public record Instead(int status, String body) {}

  /** Stands for no answer at all: the connection ends. */
  public static final Instead NOTHING = new Instead(0, "");

  private volatile Map<String, Instead> instead = Map.of();
  private final AtomicInteger lost = new AtomicInteger();

  /** Starts it. */
  public AwsMetadata(AwsSessions sessions) {
    this.sessions = sessions;
    this.token = sessions.secret("metadata-");
  }

  /** Returns what a container sends as its authorization. */
  public String token() {
    return token;
  }

  /** Returns a {@code credential_process}, which has each time another session. */
  String process() {
    return "bash -c 'exec 3<>/dev/tcp/127.0.0.1/%d; printf \"GET /process HTTP/1.0\\r\\n\\r\\n\" >&3;"
            .formatted(server.port())
        + " sed \"1,/^.$/d\" <&3'";
  }

  /** Returns where it is. */
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Answers so, by paths, until others are said. */
  public AwsMetadata answer(Map<String, Instead> instead) {
    this.instead = instead;
    return this;
  }

  /** Loses so many of the next requests. */
  public void lose(int requests) {
    lost.set(requests);
  }

  private void serve(Conversation with) throws IOException {
    String path;
    do {
      Received request = with.hear();
      path = request.head().get(0).split(" ")[1];
      Instead answer = instead.getOrDefault(path, usual(path, request));
      if (answer == NOTHING || lost.decrementAndGet() >= 0) {
        return;
      }
      with.say(
          "HTTP/1.1 "
              + answer.status
              + " As it is\r\nContent-Length: "
              + answer.body.length()
              + "\r\n\r\n"
              + answer.body);
    } while (!path.equals("/process"));
  }

  private Instead usual(String path, Received request) {
    if (path.equals("/process")) {
      return new Instead(200, sessions.begin(AwsBox.ONE).json("SessionToken"));
    }
    if (path.equals("/v1/credentials")) {
      return request.header("Authorization").equals(Optional.of(token))
          ? new Instead(200, sessions.begin(AwsBox.ONE).json("Token"))
          : new Instead(401, "{\"code\": \"x\", \"message\": \"the token is not the right one\"}");
    }
    if (path.equals("/latest/api/token") && request.head().get(0).startsWith("PUT")) {
      return new Instead(200, token);
    }
    if (!request.header("x-aws-ec2-metadata-token").equals(Optional.of(token))) {
      return new Instead(401, "<h1>Unauthorized</h1>");
    }
    return switch (path) {
      case ROLES -> new Instead(200, "reader");
      case ROLES + "reader" -> new Instead(200, sessions.begin(AwsBox.ONE).json("Token"));
      case "/latest/meta-data/placement/region" -> new Instead(200, AwsBox.REGIONS.get(0));
      default -> new Instead(404, "");
    };
  }

  @Override
  public void close() {
    server.close();
  }
}
