package org.dynocopy.testing.servers;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that {@link AwsBox} gives out, and what in them is secret. */
public final class AwsSessions {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

  /** A session: whose it is, and until when. */
  public record Session(String key, String secret, String token, String account, Instant end) {

    /** Returns it as a {@code credential_process} writes it, and with other names a container. */
    public String json(String tokenName) {
      return """
      {"Version": 1, "Code": "Success", "AccessKeyId": "%s", "SecretAccessKey": "%s", "%s": "%s",
      "Expiration": "%s"}
      """
          .formatted(key, secret, tokenName, token, end);
    }
  }

  private final Map<String, Session> byKey = new ConcurrentHashMap<>();
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
  private final Set<String> secrets = ConcurrentHashMap.newKeySet();
  private final List<String> late = Collections.synchronizedList(new ArrayList<>());
  private final Random random = new Random();
  private volatile Duration life = Duration.ofHours(1);

  /** Says how long sessions and tokens live that begin from now on. */
  public void live(Duration life) {
    this.life = life;
  }

  /** Returns a text that must be found nowhere. */
  public String secret(String kind) {
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    return noted(kind + HexFormat.of().formatHex(bytes));
  }

  String noted(String secret) {
    secrets.add(secret);
    return secret;
  }

  /** Begins a session of an account. */
  public Session begin(String account) {
    String key = "ASIA" + HexFormat.of().toHexDigits(random.nextLong()).toUpperCase();
    Session session =
        new Session(key, secret("key-"), secret("session-"), account, Instant.now().plus(life));
    byKey.put(key, session);
    return session;
  }

  /** Ends a session before its time. */
  public void end(Session session) {
    byKey.computeIfPresent(
        session.key,
        (key, s) -> new Session(key, s.secret, s.token, s.account, Instant.now().minusMillis(1)));
  }

  /** Returns a new token for a sign-in; it is taken for longer than sessions live. */
  public String token(String kind) {
    String token = secret(kind);
    tokens.put(token, Instant.now().plus(life.multipliedBy(100)));
    return token;
  }

  boolean isGood(String token) {
    Instant end = tokens.get(token);
    return end != null && Instant.now().isBefore(end);
  }

  Duration life() {
    return life;
  }

  /** Returns the account of a key; nothing if it is unknown, or its token is another. */
  Optional<String> account(String key, Optional<String> token) {
    if (key.matches("AKIA\\d{12}")) {
      return Optional.of(key.substring(4));
    }
    return Optional.ofNullable(byKey.get(key))
        .filter(session -> Optional.of(session.token).equals(token))
        .map(Session::account);
  }

  /** Returns whether the time of a key is over, and notes it if it was when it signed. */
  boolean hasEnded(String key, String signedAt) {
    Session session = byKey.get(key);
    if (session == null) {
      return false;
    }
    Instant signed = LocalDateTime.parse(signedAt, TIME).toInstant(ZoneOffset.UTC);
    if (signed.isAfter(session.end)) {
      late.add(key + " signed at " + signed + ", after its end at " + session.end);
    }
    return Instant.now().isAfter(session.end);
  }

  /** Returns what was signed after a session's end. */
  public List<String> late() {
    return List.copyOf(late);
  }

  /** Returns how many sessions an account has had. */
  public long count() {
    return byKey.size();
  }

  /** Returns all that is secret. */
  public Set<String> secrets() {
    return Set.copyOf(secrets);
  }
}
