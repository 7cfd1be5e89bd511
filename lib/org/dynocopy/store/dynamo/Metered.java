package org.dynocopy.store.dynamo;

import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.dynocopy.engine.Retry;
import org.dynocopy.engine.StoreException;
import org.dynocopy.store.dynamo.capacity.Consumed;
import org.dynocopy.store.dynamo.capacity.Meter;
import org.dynocopy.store.dynamo.wire.Answer;

/**
 * A request that is sent as soon as the rate of its table allows it.
 *
 * @param claim its claim to capacity
 * @param request what is sent
 * @param weight what the request turned out to weigh, by its answer
 */
record Metered(Meter.Claim claim, Meter.Sending<Answer> request, ToDoubleFunction<Answer> weight)
    implements Retry.Request<Answer> {

  @Override
  public Duration delay() {
    return claim.delay();
  }

  @Override
  public Answer send() throws StoreException {
    return claim.send(
        request,
        answer -> new Consumed(answer.units(), answer.indexUnits(), weight.applyAsDouble(answer)));
  }
}
