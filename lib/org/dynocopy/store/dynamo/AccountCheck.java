package org.dynocopy.store.dynamo;

import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.table.TableDescriber;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Holds a table to the account in which it was found: credentials that are renewed, as those of a
 * {@code credential_process}, may be of another account from then on, where a table of the same
 * name would be read, written or emptied.
 */
final class AccountCheck implements DataPlaneClient.SignerCheck {

  private final Connection connection;
  private final TableInfo table;
  private final String account;

  /** The access key that was last seen to find the table. */
  private volatile String known = "";

  private AccountCheck(Connection connection, TableInfo table) {
    this.connection = connection;
    this.table = table;
    this.account = table.account();
  }

  /** Returns what looks at those who sign for a table. Requests have its ARN, if that names it. */
  static DataPlaneClient.SignerCheck of(Connection connection, TableInfo table) {
    return connection.changesSigner() && !table.name().equals(table.arn())
        ? new AccountCheck(connection, table)
        : DataPlaneClient.SignerCheck.NONE;
  }

  @Override
  public void check(AwsCredentialsIdentity identity) throws StoreException {
    if (!isKnown(identity)) {
      ask(identity);
    }
  }

  /** Roles and sign-ins tell their account. */
  private boolean isKnown(AwsCredentialsIdentity identity) {
    return identity.accessKeyId().equals(known)
        || identity.accountId().filter(account::equals).isPresent();
  }

  /** One thread asks, and the others wait: they would sign by the same. */
  private synchronized void ask(AwsCredentialsIdentity identity) throws StoreException {
    if (isKnown(identity)) {
      return;
    }
    AwsCredentialsProvider signer = () -> (AwsCredentials) identity;
    Optional<TableInfo> now =
        TableDescriber.find(
            connection, table.name(), request -> request.credentialsProvider(signer));
    if (now.filter(found -> found.arn().equals(table.arn())).isEmpty()) {
      throw new StoreException(
          Kind.REFUSED,
          connection.environment().name()
              + ": the credentials have changed, and those of now are of another account: their `"
              + table.name()
              + "` is "
              + now.map(TableInfo::arn).orElse("missing")
              + ", and not "
              + table.arn()
              + ". Sign in as before, and run the same command again");
    }
    known = identity.accessKeyId();
  }
}
