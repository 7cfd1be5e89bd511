package org.dynocopy.store.dynamo.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.dynocopy.files.FileReason;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Location;

/**
 * Whom to trust by TLS: whom Java trusts, and besides the certificates in the file that the
 * variable {@code AWS_CA_BUNDLE} names.
 *
 * @param more those of the file
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html">ca_bundle</a>
 */
record TrustStore(List<Certificate> more) {

  static final TrustStore OF_JAVA = new TrustStore(List.of());

  private static final String VARIABLE = "AWS_CA_BUNDLE";

  /**
   * That of this process, once it was asked for: to read hundreds of certificates takes a while.
   */
  private static volatile TrustStore ofProcess;

  /**
   * Returns that of this process.
   *
   * @throws InvalidPlanException if the file is none with certificates
   */
  static TrustStore system() {
    if (ofProcess == null) {
      String file = System.getenv(VARIABLE);
      ofProcess = file == null || file.isBlank() ? OF_JAVA : with(Path.of(file.strip()));
    }
    return ofProcess;
  }

  static TrustStore with(Path file) {
    try {
      InputStream in = new ByteArrayInputStream(Files.readAllBytes(file));
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (!all.isEmpty()) {
        return new TrustStore(List.copyOf(all));
      }
    } catch (IOException e) {
      throw new InvalidPlanException(
          Location.option(VARIABLE), file + " cannot be read: " + FileReason.of(e));
    } catch (GeneralSecurityException e) {
      // That it has none is said below.
    }
    throw new InvalidPlanException(
        Location.option(VARIABLE), file + " has no certificates: they are expected as PEM");
  }

  /** Returns what checks servers' certificates. */
  TrustManager[] managers() throws GeneralSecurityException, IOException {
    TrustManagerFactory trusted = factory(null);
    if (more.isEmpty()) {
      return trusted.getTrustManagers();
    }
    KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
    all.load(null, null);
    int number = 0;
    for (TrustManager manager : trusted.getTrustManagers()) {
      for (X509Certificate one : ((X509TrustManager) manager).getAcceptedIssuers()) {
        all.setCertificateEntry("java-" + number++, one);
      }
    }
    for (Certificate one : more) {
      all.setCertificateEntry("more-" + number++, one);
    }
    return factory(all).getTrustManagers();
  }

  private static TrustManagerFactory factory(KeyStore trusted) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory;
  }

  /** Returns what makes TLS's sockets. */
  SSLContext context() throws IOException {
    try {
      if (more.isEmpty()) {
        return SSLContext.getDefault();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be used: " + e.getMessage(), e);
    }
  }
}
