package org.dynocopy.store.dynamo;

import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.dynocopy.engine.Retry;
import org.dynocopy.engine.StoreException;
import org.dynocopy.store.dynamo.capacity.Consumed;
import org.dynocopy.store.dynamo.capacity.Meter;
import org.dynocopy.store.dynamo.wire.Answer;
import org.dynocopy.store.dynamo.wire.Omissions;
import org.dynocopy.store.dynamo.wire.Omissions.Omission;

/**
 * A reading request that is sent as soon as the rate of its table allows it.
 *
 * @param claim its claim to capacity
 * @param omissions gets it if the answer does not tell what was consumed
 * @param request what is sent
 * @param weight what the request turned out to weigh, by its answer; 0 if nothing was processed
 * @param bySize what it consumed by the sizes of items, where its answer does not tell
 */
record Metered(
    Meter.Claim claim,
    Omissions omissions,
    Meter.Sending<Answer> request,
    ToDoubleFunction<Answer> weight,
    ToDoubleFunction<Answer> bySize)
    implements Retry.Request<Answer> {

  @Override
  public Duration delay() {
    return claim.delay();
  }

  @Override
  public Answer send() throws StoreException {
    return claim.send(
        () -> counted(request.send()),
        answer -> Consumed.of(answer.units(), weight.applyAsDouble(answer)));
  }

  private Answer counted(Answer answer) {
    if (answer.capacity().told() || weight.applyAsDouble(answer) == 0) {
      return answer;
    }
    omissions.notice(Omission.READ_CAPACITY);
    return answer.taking(bySize.applyAsDouble(answer));
  }
}
