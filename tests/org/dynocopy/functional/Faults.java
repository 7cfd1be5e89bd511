package org.dynocopy.functional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import org.dynocopy.testing.servers.FaultProxy.Fault;

/** What can go wrong between us and the service. */
final class Faults {

  private static final ObjectMapper JSON = new ObjectMapper();

  static final Fault THROUGHPUT_EXCEEDED =
      request -> request.error(400, "ProvisionedThroughputExceededException", "too fast");
  static final Fault THROTTLED = request -> request.error(400, "ThrottlingException", "too fast");
  static final Fault SERVER_ERROR = request -> request.error(500, "InternalServerError", "oh");
  static final Fault UNAVAILABLE = request -> request.answer(503, new byte[0]);
  static final Fault ANOTHER_WRITE =
      request -> request.error(400, "ReplicatedWriteConflictException", "another region");
  static final Fault TIMED_OUT =
      request -> request.error(400, "RequestTimeoutException", "too slow");
  static final Fault DAMAGED = request -> request.damage(request.forward(request.body()));
  static final Fault CUT = request -> request.cut(request.forward(request.body()));
  static final Fault RESET_BEFORE = request -> request.hangUp();
  static final Fault RESET_AFTER =
      request -> {
        request.forward(request.body());
        request.hangUp();
      };
  static final Fault EXPIRED =
      request -> request.error(400, "ExpiredTokenException", "The security token has expired");
  static final Fault DENIED = request -> request.error(400, "AccessDeniedException", "not you");

  private Faults() {}

  /** The server takes the first items of a batch, the others come back unprocessed. */
  static Fault unprocessedBut(int first) {
    return request -> {
      ObjectNode body = (ObjectNode) JSON.readTree(request.body());
      String table = body.get("RequestItems").fieldNames().next();
      ArrayNode all = (ArrayNode) body.get("RequestItems").get(table);
      ArrayNode rest = JSON.createArrayNode();
      while (all.size() > first) {
        rest.insert(0, all.remove(all.size() - 1));
      }
      if (all.isEmpty()) {
        // A server refuses a batch without items; the service takes none of one with items.
        ObjectNode nothing = JSON.createObjectNode();
        nothing.putObject("UnprocessedItems").set(table, rest);
        request.answer(200, JSON.writeValueAsBytes(nothing));
        return;
      }
      HttpResponse<byte[]> response = request.forward(JSON.writeValueAsBytes(body));
      ObjectNode answer = (ObjectNode) JSON.readTree(response.body());
      answer.putObject("UnprocessedItems").set(table, rest);
      request.answer(response.statusCode(), JSON.writeValueAsBytes(answer));
    };
  }

  /** The service finds every batch with more than one item wrong, as it does for one bad item. */
  static Fault rejectedUnlessAlone() {
    return request -> {
      ObjectNode body = (ObjectNode) JSON.readTree(request.body());
      if (body.get("RequestItems").elements().next().size() > 1) {
        request.error(400, "ValidationException", "one of them is wrong");
      } else {
        Fault.NONE.happen(request);
      }
    };
  }
}
