package org.dynocopy.store.dynamo.wire;

import org.dynocopy.core.StoreException.Kind;
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
   * @param failure why; it is suppressed and no cause, because the SDK's client replaces whatever
   *     an unknown host has caused by an exception of its own
   */
  public SignInException(Kind kind, String sentence, Throwable failure) {
    super(SdkClientException.builder().message(sentence));
    this.kind = kind;
    if (failure != null) {
      addSuppressed(failure);
    }
  }

  /** Returns what may be done about it. */
  Kind kind() {
    return kind;
  }
}
