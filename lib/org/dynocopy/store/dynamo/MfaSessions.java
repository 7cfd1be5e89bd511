package org.dynocopy.store.dynamo;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.store.dynamo.wire.SignInException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * The sessions of roles that want a code of a device. A code is good once, so that each profile has
 * one session, whatever environments and regions it is used for. While a run copies, no code is
 * asked for: it ends with the session, and goes on when it is started again.
 */
final class MfaSessions {

  private static final int ATTEMPTS = 3;

  private final MfaCodes codes;
  private final Map<String, AwsCredentialsProvider> byProfile = new HashMap<>();

  MfaSessions(MfaCodes codes) {
    this.codes = codes;
  }

  /** Returns the session of a profile, for which a code is asked when it first signs. */
  synchronized AwsCredentialsProvider of(
      String profile, String device, StsClient sts, AssumeRoleRequest.Builder request) {
    return byProfile.computeIfAbsent(
        profile,
        name ->
            new CheckedCredentials(
                new Session(name, device, sts, request),
                "Start again with a new code for the AWS profile `" + name + "`",
                failure ->
                    CheckedCredentials.because(
                        "the role of the AWS profile `" + name + "` cannot be assumed", failure)));
  }

  private final class Session implements AwsCredentialsProvider {
    private final String profile;
    private final String device;
    private final StsClient sts;
    private final AssumeRoleRequest.Builder request;
    private AwsCredentials credentials;
    private Instant end;

    Session(String profile, String device, StsClient sts, AssumeRoleRequest.Builder request) {
      this.profile = profile;
      this.device = device;
      this.sts = sts;
      this.request = request;
    }

    @Override
    public synchronized AwsCredentials resolveCredentials() {
      if (credentials == null) {
        // Tables are looked at beside each other, but a person answers one question at a time.
        synchronized (MfaSessions.this) {
          begin();
        }
      } else if (Instant.now().isAfter(end)) {
        throw refused(
            "the session of the AWS profile `"
                + profile
                + "`, for which a code was given, has ended. Start again with a new code: what can"
                + " go on where it stopped does. `duration_seconds` in the profile makes sessions"
                + " longer");
      }
      return credentials;
    }

    private void begin() {
      for (int attempt = 1; credentials == null; attempt++) {
        String code =
            codes
                .code(profile, device)
                .orElseThrow(
                    () ->
                        refused(
                            "the AWS profile `"
                                + profile
                                + "` wants a code of the MFA device "
                                + device
                                + ": start this at a terminal, which asks for it, or set the"
                                + " variables that `aws configure export-credentials --profile "
                                + profile
                                + " --format env` prints"));
        try {
          var answer = sts.assumeRole(request.tokenCode(code.strip()).build());
          end = answer.credentials().expiration();
          credentials = Roles.session(answer.credentials(), answer.assumedRoleUser());
        } catch (StsException e) {
          if (attempt == ATTEMPTS || !isWrongCode(e)) {
            throw e;
          }
        }
      }
    }

    private SignInException refused(String sentence) {
      return new SignInException(Kind.REFUSED, sentence, null);
    }

    private static boolean isWrongCode(StsException e) {
      String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      return text.contains("multifactorauthentication") || text.contains("tokencode");
    }
  }
}
