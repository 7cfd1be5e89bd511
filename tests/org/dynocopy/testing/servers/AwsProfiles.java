package org.dynocopy.testing.servers;

/** Profiles that are wrong, each in its own way, and need no service to be found so. */
public final class AwsProfiles {

  /** Their text in a configuration file. */
  public static final String WRONG =
      """
      [profile failing]
      region = eu-west-1
      credential_process = sh -c 'echo vault: sealed >&2; echo ask ops >&2; exit 7'
      [profile verbose]
      region = eu-west-1
      credential_process = sh -c 'yes warning | head -c 200000 >&2; exit 4'
      [profile asking]
      region = eu-west-1
      credential_process = sh -c 'read code; echo no code >&2; exit 5'
      [profile debugging]
      region = eu-west-1
      credential_process = sh -c 'echo gave SecretAccessKey: s3cr3t >&2; exit 6'
      [profile wrapped]
      region = eu-west-1
      credential_process = printf '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "s3cr3t", "SessionToken": "s3c\\\\nr3t"}'
      [profile unserved]
      region = eu-west-1
      services = lost
      aws_access_key_id = a
      aws_secret_access_key = s
      [profile served]
      region = eu-west-1
      services = local
      aws_access_key_id = a
      aws_secret_access_key = s
      [services local]
      sts =
        endpoint_url = http://127.0.0.1:8000
      dynamodb =
        endpoint_url = http://dynamodb_local:8000
      [profile chatty]
      region = eu-west-1
      credential_process = echo s3cr3t
      [profile partial]
      region = eu-west-1
      credential_process = echo '{"Version": 1, "SecretAccessKey": "s3cr3t"}'
      [profile orphan]
      region = eu-west-1
      role_arn = arn:aws:iam::111111111111:role/r
      source_profile = chaty
      [profile circle]
      region = eu-west-1
      role_arn = arn:aws:iam::111111111111:role/r
      source_profile = other
      [profile other]
      role_arn = arn:aws:iam::111111111111:role/r
      source_profile = circle
      [profile loggedout]
      region = eu-west-1
      login_session = arn:nowhere
      [profile notsigned]
      region = eu-west-1
      sso_session = out
      sso_account_id = 111111111111
      sso_role_name = reader
      [sso-session out]
      sso_region = eu-west-1
      sso_start_url = https://signed-out.example.com/start
      [profile nosession]
      region = eu-west-1
      sso_session = lost
      sso_account_id = 111111111111
      sso_role_name = reader
      [profile bare]
      region = eu-west-1
      [profile nosecret]
      region = eu-west-1
      aws_access_key_id = AKIA
      [profile token]
      region = eu-west-1
      role_arn = arn:aws:iam::111111111111:role/r
      web_identity_token_file = /nowhere/token
      [profile both]
      region = eu-west-1
      role_arn = arn:aws:iam::111111111111:role/r
      source_profile = bare
      credential_source = Environment
      [profile long]
      region = eu-west-1
      role_arn = arn:aws:iam::111111111111:role/r
      source_profile = bare
      duration_seconds = 1h
      [profile chained]
      region = eu-west-1
      role_arn = arn:aws:iam::111111111111:role/r
      source_profile = elsewhere
      [profile elsewhere]
      region = evil.com/#
      role_arn = arn:aws:iam::111111111111:role/r
      source_profile = nosecret
      [profile typo]
      region = eu-wst-1
      [profile evil]
      region = evil.com/#
      [profile underscore]
      region = eu-west-1
      endpoint_url = http://dynamodb_local:8000
      aws_access_key_id = a
      aws_secret_access_key = s
      [profile port]
      region = eu-west-1
      endpoint_url = http://127.0.0.1:99999
      aws_access_key_id = a
      aws_secret_access_key = s
      [profile fips]
      region = eu-west-1
      use_fips_endpoint = maybe
      aws_access_key_id = a
      aws_secret_access_key = s
      [profile retries]
      region = eu-west-1
      retry_mode = often
      aws_access_key_id = a
      aws_secret_access_key = s
      [profile malformed]
      region = eu-west-1
      credential_process = echo '{"Version": 1, "SecretAccessKey": "s3cr3t", "SessionToken": s3cr3t}'
      [profile version]
      region = eu-west-1
      credential_process = echo '{"Version": "s3cr3t", "SecretAccessKey": "s3cr3t"}'
      [profile ended]
      region = eu-west-1
      credential_process = echo '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "s3cr3t", "SessionToken": "s3cr3t", "Expiration": "2020-01-01T00:00:00Z"}'
      [profile dated]
      region = eu-west-1
      credential_process = echo '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "s3cr3t", "SessionToken": "s3cr3t", "Expiration": "s3cr3t"}'
      [profile unsourced]
      region = eu-west-1
      role_arn = arn:aws:iam::111111111111:role/r
      [profile tokenalone]
      region = eu-west-1
      web_identity_token_file = /nowhere/token
      [profile sourcealone]
      region = eu-west-1
      source_profile = bare
      [profile keyless]
      region = eu-west-1
      credential_source = Environment
      [profile named]
      region = eu-west-1
      role_arn = arn:aws:iam::111111111111:role/r
      credential_source = Ec2
      [profile nostart]
      region = eu-west-1
      sso_account_id = 111111111111
      sso_role_name = reader
      sso_region = eu-west-1
      [profile ssoregion]
      region = eu-west-1
      sso_start_url = https://acme.example.com/start
      sso_account_id = 111111111111
      sso_role_name = reader
      sso_region = eu-wst-1
      [profile nobundle]
      region = eu-west-1
      ca_bundle = /nowhere/ca.pem
      aws_access_key_id = AKIA111111111111
      aws_secret_access_key = s3cr3t
      [profile badbundle]
      region = eu-west-1
      ca_bundle = /dev/null
      aws_access_key_id = a
      aws_secret_access_key = s3cr3t
      """;

  private AwsProfiles() {}
}
