package org.dynocopy.store.dynamo.wire;

import org.dynocopy.engine.StoreException.Kind;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says that no credentials were had, in a sentence for the user. It passes through the SDK. */
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
