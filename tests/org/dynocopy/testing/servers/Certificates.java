package org.dynocopy.testing.servers;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of test servers, each signed by itself. */
public final class Certificates {

  public static final String PASSWORD = "of the test";

  private Certificates() {}

  /** Makes a key store with a certificate for these names, such as {@code dns:localhost}. */
  public static Path make(Path folder, String names) throws Exception {
    Path store = Files.createTempDirectory(folder, "certificate").resolve("store.p12");
    keytool(
        store,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=test",
        "-ext",
        "SAN=" + names,
        "-validity",
        "2",
        "-storetype",
        "PKCS12");
    return store;
  }

  /** Writes the certificate as PEM beside its key store. */
  public static Path export(Path store) throws Exception {
    Path file = store.resolveSibling("certificate.pem");
    keytool(store, "-exportcert", "-rfc", "-file", file.toString());
    return file;
  }

  private static void keytool(Path store, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("-alias", "server", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
  }

  /** Returns what shows the certificate, and trusts it. */
  public static SSLContext context(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory shown =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    shown.init(keys, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  public static Optional<SSLContext> shown(Path store) throws Exception {
    return Optional.of(context(store));
  }
}
