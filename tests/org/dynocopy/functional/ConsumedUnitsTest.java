package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.dynocopy.capacity.Usage;
import org.dynocopy.run.copy.CopyRun;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** What is shown as consumed is what the server has reported, whatever fails meanwhile. */
class ConsumedUnitsTest {

  private static final int ITEMS = 40;

  private static final Pattern UNITS = Pattern.compile("\"CapacityUnits\":([0-9.]+)");

  /** The request was not done, and is not paid for. */
  private static final Map<String, Fault> REFUSED = new LinkedHashMap<>();

  /** The request may have been done. */
  private static final Map<String, Fault> UNANSWERED = new LinkedHashMap<>();

  static {
    REFUSED.put("denied", Fault.DENIED);
    REFUSED.put("invalid", request -> request.error(400, "ValidationException", "not so"));
    REFUSED.put("unknown", request -> request.error(400, "UnknownOperationException", ""));
    REFUSED.put("throttled", Fault.THROTTLED);
    REFUSED.put("throttling", Fault.THROTTLING);
    REFUSED.put("timeout", request -> request.error(400, "RequestTimeoutException", "late"));
    REFUSED.put("408", request -> request.answer(408, new byte[0]));
    REFUSED.put("busy", request -> request.error(400, "TransactionConflictException", "busy"));
    UNANSWERED.put("failed", Fault.FAILED);
    UNANSWERED.put("503", Fault.UNAVAILABLE);
    UNANSWERED.put("damaged", Fault.DAMAGED);
    UNANSWERED.put("cut", Fault.CUT);
    UNANSWERED.put("reset", Fault.RESET);
    UNANSWERED.put("hung up", Fault.UNANSWERED);
  }

  private final URI server = TestServers.first();

  @Test
  void consumedIsWhatTheServerReportedWhateverFails() {
    Projection keys = Projection.builder().projectionType("KEYS_ONLY").build();
    String from = Tables.on(server).key("id", "S").gsi("byTenant", keys, "tenant").create();
    List<Map<String, AttributeValue>> items =
        IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("u" + i),
                        "tenant", AttributeValue.fromS("t1"),
                        "text", AttributeValue.fromS("x".repeat(900))))
            .toList();
    Tables.put(server, from, items);
    String to = Tables.on(server).key("id", "S").create();
    KeyCondition where = new KeyCondition(List.of("t1"), Optional.empty(), Optional.of("byTenant"));
    Map<String, Consumer<CopySpecBuilder>> operations = new LinkedHashMap<>();
    operations.put("Scan", plan -> {});
    operations.put("Query", plan -> plan.where(where, Copying.HERE));
    operations.put("BatchGetItem", plan -> plan.where(where, Copying.HERE));
    operations.put("BatchWriteItem", plan -> {});
    List<String> cases = new ArrayList<>();
    operations
        .keySet()
        .forEach(
            operation ->
                List.of(REFUSED, UNANSWERED)
                    .forEach(
                        faults ->
                            faults.keySet().forEach(name -> cases.add(operation + ":" + name))));
    Cases.forAll(
        10,
        random -> {
          String[] one = cases.get(random.nextInt(cases.size())).split(":");
          holds(from, to, one[0], one[1], operations.get(one[0]));
        });
  }

  private void holds(
      String from, String to, String operation, String name, Consumer<CopySpecBuilder> words)
      throws Exception {
    DoubleAdder reported = new DoubleAdder();
    AtomicBoolean running = new AtomicBoolean();
    AtomicBoolean failed = new AtomicBoolean();
    boolean refused = REFUSED.containsKey(name);
    Fault fault = refused ? REFUSED.get(name) : UNANSWERED.get(name);
    Fault counted =
        request -> {
          var answer = request.forward(request.body());
          String text = new String(answer.body(), StandardCharsets.UTF_8);
          for (MatchResult units : UNITS.matcher(text).results().toList()) {
            reported.add(running.get() ? Double.parseDouble(units.group(1)) : 0);
          }
          request.answer(answer);
        };
    FaultProxy.Faults faults =
        (asked, number) ->
            running.get() && asked.equals(operation) && failed.compareAndSet(false, true)
                ? fault
                : counted;
    try (FaultProxy proxy = new FaultProxy(server, faults);
        Stores stores = new DefaultStores()) {
      Copy plan =
          Copying.plan(
              proxy.endpoint(),
              from,
              proxy.endpoint(),
              to,
              words.andThen(more -> more.segments(1, Copying.HERE)));
      CopyRun copy = CopyRun.of(plan, stores);
      stores.meters().begin(plan);
      running.set(true);
      copy.run(Stages.QUIET);
      assertThat(failed).isTrue();
      double told = 0;
      long requests = 0;
      for (Usage one : stores.meters().spent(plan)) {
        told += one.readUnits() + one.writeUnits();
        requests += one.unanswered().requests();
        // Of 40 items of a unit each, a request takes no more than all of them.
        assertThat(one.unanswered().readUnits()).as(name).isLessThanOrEqualTo(ITEMS);
        assertThat(one.unanswered().writeUnits()).as(name).isLessThanOrEqualTo(ITEMS);
      }
      assertThat(told).as(operation + ", " + name).isCloseTo(reported.sum(), within(1e-6));
      assertThat(requests).as(operation + ", " + name).isEqualTo(refused ? 0 : 1);
    }
  }
}
