package org.dynocopy.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.WholeFile;

/**
 * Whom to trust by TLS: whom Java trusts, and besides the certificates in the file that the
 * variable {@code AWS_CA_BUNDLE} names, or else the AWS profile's {@code ca_bundle}.
 *
 * @param more those of the file
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html">ca_bundle</a>
 */
public record TrustStore(List<Certificate> more) {

  /** Java's own certificates alone. */
  public static final TrustStore OF_JAVA = new TrustStore(List.of());

  private static final String VARIABLE = "AWS_CA_BUNDLE";

  /** The bundles of systems have 200 KB. */
  private static final int MOST = 4 << 20;

  /** What was read in this process: to read hundreds of certificates takes a while. */
  private static final Map<Bundle, TrustStore> READ = new ConcurrentHashMap<>();

  /**
   * A file with certificates.
   *
   * @param by who names it, for messages
   */
  public record Bundle(String file, String by) {}

  /**
   * Returns that of this process for what an AWS profile is used for.
   *
   * @param profile the file that the profile names, which counts where the variable names none
   * @throws InvalidJobException if the file is none with certificates
   */
  public static TrustStore of(Optional<Bundle> profile) {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .filter(file -> !file.isBlank())
        .map(file -> new Bundle(file.strip(), VARIABLE))
        .or(() -> profile)
        .map(bundle -> READ.computeIfAbsent(bundle, TrustStore::read))
        .orElse(OF_JAVA);
  }

  private static TrustStore read(Bundle bundle) {
    Location where = Location.option(bundle.by);
    try {
      InputStream in = new ByteArrayInputStream(WholeFile.read(Path.of(bundle.file), MOST));
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (!all.isEmpty()) {
        return new TrustStore(List.copyOf(all));
      }
    } catch (IOException e) {
      throw new InvalidJobException(where, bundle.file + " cannot be read: " + FileReason.of(e));
    } catch (InvalidPathException e) {
      throw new InvalidJobException(where, bundle.file + " is not a path");
    } catch (GeneralSecurityException e) {
      // That it has none is said below.
    }
    throw new InvalidJobException(
        where, bundle.file + " has no certificates: they are expected as PEM");
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
