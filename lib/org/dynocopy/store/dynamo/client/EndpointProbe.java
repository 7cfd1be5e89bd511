package org.dynocopy.store.dynamo.client;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sees where the SDK's rules, variables and profiles lead a request. Each table has an endpoint of
 * its own: those of one account are at a host of that account.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-account-endpoints.html">Account-based
 *     endpoints</a>
 */
public final class EndpointProbe implements ExecutionInterceptor {

  private static final ExecutionAttribute<AtomicReference<URI>> SEEN =
      new ExecutionAttribute<>("EndpointSeen");

  private volatile URI last;

  /** Returns where the last request was sent, of whatever table; nothing if none was. */
  Optional<URI> last() {
    return Optional.ofNullable(last);
  }

  /** A request whose endpoint is to be known. */
  public static final class Seen {
    private final AtomicReference<URI> endpoint = new AtomicReference<>();

    /** Has the request tell. */
    public void of(AwsRequestOverrideConfiguration.Builder request) {
      request.putExecutionAttribute(SEEN, endpoint);
    }

    /** Returns where it was sent; nothing if it was not. */
    public Optional<URI> endpoint() {
      return Optional.ofNullable(endpoint.get());
    }
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes a) {
    SdkHttpRequest request = context.httpRequest();
    String path = request.encodedPath().equals("/") ? "" : request.encodedPath();
    URI here =
        URI.create(request.protocol() + "://" + request.host() + ":" + request.port() + path);
    last = here;
    AtomicReference<URI> seen = a.getAttribute(SEEN);
    if (seen != null) {
      seen.set(here);
    }
  }
}
