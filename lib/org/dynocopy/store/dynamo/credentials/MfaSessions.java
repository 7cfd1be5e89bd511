package org.dynocopy.store.dynamo.credentials;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.store.MfaCodes;
import org.dynocopy.store.dynamo.wire.FailureText;
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
public final class MfaSessions {

  private static final int ATTEMPTS = 3;
  private static final Pattern CODE = Pattern.compile("\\d{6}");

  private final MfaCodes codes;
  private final Map<String, AwsCredentialsProvider> byProfile = new HashMap<>();

  public MfaSessions(MfaCodes codes) {
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
      String before = "";
      for (int attempt = 1; credentials == null; attempt++) {
        String code = code(before);
        try {
          var answer = sts.assumeRole(request.tokenCode(code).build());
          end = answer.credentials().expiration();
          credentials = RoleChain.session(answer.credentials(), answer.assumedRoleUser());
        } catch (StsException e) {
          if (attempt == ATTEMPTS || !isWrongCode(e)) {
            throw e;
          }
          before =
              "the code was refused: "
                  + FailureText.of(e)
                  + "; try again ("
                  + (attempt + 1)
                  + " of "
                  + ATTEMPTS
                  + ")";
        }
      }
    }

    /** Asks until there is one: each that the service refuses counts, and could lock the device. */
    private String code(String before) {
      String sentence = before;
      while (true) {
        String code = codes.code(profile, device, sentence).orElseThrow(this::nobodyToAsk).strip();
        if (CODE.matcher(code).matches()) {
          return code;
        }
        sentence = "a code has 6 digits";
      }
    }

    private SignInException nobodyToAsk() {
      return refused(
          "the AWS profile `"
              + profile
              + "` wants a code of the MFA device "
              + device
              + ", and there is no terminal to ask for it. Start this at a terminal; or run `aws"
              + " configure export-credentials --profile "
              + profile
              + " >session.json` at one, and use in place of `"
              + profile
              + "` an AWS profile with a region and `credential_process = cat"
              + " /path/to/session.json`");
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
