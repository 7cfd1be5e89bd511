package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.http.Transport;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * The table of docs/errors.md tells what is done about each error that the service documents: it
 * has just the operations that are used, and just the errors that the SDK's model has of them, and
 * each is tried.
 */
class DocumentedErrorsTest {

  /** What requests for items are sent by. */
  private static final Set<String> BY_WIRE =
      Set.of(
          "Scan",
          "Query",
          "BatchGetItem",
          "BatchWriteItem",
          "PutItem",
          "DeleteItem",
          "TransactWriteItems");

  /** Errors that the SDK calls otherwise than the service does. */
  private static final Map<String, String> CODES =
      Map.of(
          "InternalServerErrorException", "InternalServerError",
          "RequestLimitExceededException", "RequestLimitExceeded");

  /** The columns of the table, after that of the operation. */
  private static final List<Set<Kind>> COLUMNS =
      List.of(
          Set.of(Kind.THROTTLED, Kind.UNAVAILABLE, Kind.EXPIRED),
          Set.of(Kind.REJECTED),
          Set.of(Kind.CONFLICT),
          Set.of(Kind.REFUSED));

  private static final Pattern ROW =
      Pattern.compile(
          "^\\| (any|`\\w+`) \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|$", Pattern.MULTILINE);

  private static final Pattern CODE = Pattern.compile("`(\\w+)`(?: \\((\\d+)\\))?");

  /** An error, and what is done about it. */
  private record Row(String operation, String code, int status, Set<Kind> kinds) {}

  private static List<Row> table() throws IOException {
    List<Row> rows = new ArrayList<>();
    String text = Files.readString(project().resolve("docs/errors.md"));
    for (MatchResult row : ROW.matcher(text).results().toList()) {
      for (int column = 0; column < COLUMNS.size(); column++) {
        for (MatchResult code : CODE.matcher(row.group(column + 2)).results().toList()) {
          int usual = code.group(1).equals("InternalServerError") ? 500 : 400;
          int status = Optional.ofNullable(code.group(2)).map(Integer::valueOf).orElse(usual);
          String operation = row.group(1).replace("`", "");
          rows.add(new Row(operation, code.group(1), status, COLUMNS.get(column)));
        }
      }
    }
    return rows;
  }

  private static Path project() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("dynocopy.java"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static String code() throws IOException {
    try (Stream<Path> files = Files.walk(project().resolve("lib/org/dynocopy/store/dynamo"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        all.append(Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "")).append('\n');
      }
      return all.toString();
    }
  }

  /** The operations that the code calls, by name on the wire or by the SDK's method. */
  private static Map<String, Method> used() throws IOException {
    String code = code();
    Map<String, Method> used = new TreeMap<>();
    for (Method method : DynamoDbClient.class.getMethods()) {
      boolean request =
          method.getParameterCount() == 1
              && SdkPojo.class.isAssignableFrom(method.getParameterTypes()[0])
              && !method.getName().endsWith("Paginator");
      String name = method.getName();
      String operation = Character.toUpperCase(name.charAt(0)) + name.substring(1);
      if (request
          && (code.contains("\"" + operation + "\"")
              || Pattern.compile("\\.\\s*" + name + "\\(").matcher(code).find())) {
        used.put(operation, method);
      }
    }
    return used;
  }

  private static Set<String> errors(Method operation) {
    return Stream.of(operation.getExceptionTypes())
        .filter(DynamoDbException.class::isAssignableFrom)
        .filter(type -> type != DynamoDbException.class)
        .map(Class::getSimpleName)
        .map(name -> CODES.getOrDefault(name, name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void tableHasEveryErrorOfEveryOperationThatIsUsed() throws Exception {
    Map<String, Set<String>> documented = new LinkedHashMap<>();
    used().forEach((operation, method) -> documented.put(operation, errors(method)));
    Map<String, Set<String>> decided = new TreeMap<>();
    for (Row row : table()) {
      if (!row.operation().equals("any")) {
        assertThat(decided.computeIfAbsent(row.operation(), any -> new TreeSet<>()).add(row.code()))
            .as("%s", row)
            .isTrue();
      }
    }
    assertThat(decided).isEqualTo(documented);
    assertThat(documented).hasSizeGreaterThan(20).containsKeys(BY_WIRE.toArray(String[]::new));
  }

  @Test
  void everyRowIsDone() throws Exception {
    Map<String, Method> used = used();
    for (Row row : table()) {
      if (row.operation().equals("any") || BY_WIRE.contains(row.operation())) {
        String operation = row.operation().equals("any") ? "Scan" : row.operation();
        assertThat(byWire(operation, row).kind()).as("%s", row).isIn(row.kinds());
      } else {
        byClient(used.get(row.operation()), row);
      }
    }
  }

  private static Reply error(Row row) {
    return Reply.of(
        row.status(), "{\"__type\":\"com.amazonaws#" + row.code() + "\",\"message\":\"so\"}");
  }

  private static StoreException byWire(String operation, Row row) {
    FakeService service = new FakeService((any, body) -> error(row));
    return catchThrowableOfType(
        StoreException.class, () -> service.wire().call(operation, new RequestBody().add("{}")));
  }

  /** The SDK's client sends again what may pass, and nothing else. */
  private static void byClient(Method operation, Row row) throws Exception {
    boolean again = row.kinds().contains(Kind.UNAVAILABLE);
    List<Integer> asked = new ArrayList<>();
    FakeService once =
        new FakeService(
            (any, body) -> {
              asked.add(1);
              return asked.size() == 1 ? error(row) : Reply.of("{}");
            });
    try (Connection connection = Connection.open(somewhere(), Transport.by(once))) {
      Object failure = null;
      try {
        connection.ask(operation.getName(), client -> invoke(client, operation));
      } catch (StoreException e) {
        failure = e.kind();
      }
      if (again) {
        assertThat(failure).as("%s", row).isNull();
        assertThat(asked).as("%s", row).hasSize(2);
      } else {
        assertThat(failure).as("%s", row).isIn(row.kinds());
        assertThat(asked).as("%s", row).hasSize(1);
      }
    }
  }

  private static Object invoke(DynamoDbClient client, Method operation) {
    try {
      Class<?> request = operation.getParameterTypes()[0];
      Object empty = ((SdkBuilder<?, ?>) request.getMethod("builder").invoke(null)).build();
      return operation.invoke(client, empty);
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Environment somewhere() {
    return Environment.named("prod")
        .withEndpoint(Optional.of(URI.create("http://127.0.0.1:1")))
        .withRegion(Optional.of("eu-west-1"));
  }
}
