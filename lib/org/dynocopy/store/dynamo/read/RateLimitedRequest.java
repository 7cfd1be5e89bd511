package org.dynocopy.store.dynamo.read;

import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.dynocopy.capacity.ConsumedUnits;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.StoreException;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.ServerOmissions;
import org.dynocopy.store.dynamo.wire.ServerOmissions.Omission;
import org.dynocopy.store.dynamo.wire.SlicedResponse;

/**
 * A reading request that is sent as soon as the rate of its table allows it.
 *
 * @param claim its claim to capacity
 * @param wire the way to the table, which gets it if an answer does not tell what was consumed
 * @param request what is sent
 * @param weight what the request turned out to weigh, by its answer; 0 if nothing was processed
 * @param bySize what it consumed by the sizes of items, where its answer does not tell
 */
record RateLimitedRequest(
    Meter.Claim claim,
    DataPlaneClient wire,
    Meter.Sending<SlicedResponse> request,
    ToDoubleFunction<SlicedResponse> weight,
    ToDoubleFunction<SlicedResponse> bySize)
    implements RequestSender.Request<SlicedResponse> {

  @Override
  public Duration delay() {
    return claim.delay();
  }

  @Override
  public SlicedResponse send() throws StoreException {
    return claim.send(
        () -> counted(request.send()),
        answer -> ConsumedUnits.of(answer.units(), weight.applyAsDouble(answer)));
  }

  private SlicedResponse counted(SlicedResponse answer) {
    ServerOmissions server = wire.omissions();
    boolean told = answer.capacity().told() && !server.has(Omission.READ_CAPACITY);
    if (told && (server.trusted() || wire.isOfAws()) || weight.applyAsDouble(answer) == 0) {
      return answer;
    }
    if (told) {
      double least = CapacityEstimates.least(answer);
      // The size of many items is an estimate.
      if (answer.units() + Math.max(1, answer.units() / 2) >= least) {
        // A page of one unit proves nothing: some servers say so of each.
        if (least > 2) {
          server.trust();
        }
        return answer;
      }
    }
    server.notice(Omission.READ_CAPACITY);
    return answer.taking(bySize.applyAsDouble(answer));
  }
}
