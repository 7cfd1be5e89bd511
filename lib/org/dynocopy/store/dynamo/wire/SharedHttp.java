package org.dynocopy.store.dynamo.wire;

import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Gives the clients that the SDK makes for itself, to sign in, the same way out as all others: one
 * transport, one rule for proxies, one trust store.
 */
public final class SharedHttp implements SdkHttpService {

  /** Made once, for as long as the process runs: these clients are never closed. */
  private static final class Way {
    static final Transport OUT = Transports.chosen().open();
  }

  /** Has the SDK use this from now on. */
  public static void use() {
    System.setProperty(
        SdkSystemSetting.SYNC_HTTP_SERVICE_IMPL.property(), SharedHttp.class.getName());
  }

  @Override
  public SdkHttpClient.Builder<?> createHttpClientBuilder() {
    return new Builder();
  }

  private static final class Builder implements SdkHttpClient.Builder<Builder> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return Way.OUT.client();
    }
  }
}
