package org.dynocopy.store.dynamo.wire;

import org.dynocopy.engine.StoreException.Kind;
import software.amazon.awssdk.core.exception.SdkClientException;

/** There is nobody to sign a request, in our words. It passes through the SDK's clients. */
public final class SignInException extends SdkClientException {

  private static final long serialVersionUID = 1;

  private final transient Kind kind;

  /**
   * Makes one.
   *
   * @param kind what may be done about it
   * @param sentence what is missing, and what to do
   */
  public SignInException(Kind kind, String sentence, Throwable cause) {
    super(SdkClientException.builder().message(sentence).cause(cause));
    this.kind = kind;
  }

  /** Returns what may be done about it. */
  Kind kind() {
    return kind;
  }
}
