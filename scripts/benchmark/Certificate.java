package org.dynocopy.scripts.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The stub's certificate, which its clients trust: made at each start, for the loopback only. */
final class Certificate {

  /** Guards nothing: the key lives as long as one run, in a folder of its own. */
  static final String PASSWORD = "benchmark";

  private Certificate() {}

  /** Makes a key store with a certificate for 127.0.0.1, by the JDK's keytool. */
  static Path make(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("stub.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    // As DynamoDB's own certificates, RSA of 2048 bits.
    List<String> words =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "stub",
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "SAN=ip:127.0.0.1,dns:localhost",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + Files.readString(folder.resolve("keytool.log")));
    }
    return store;
  }

  /** Returns what makes sockets that show the certificate. */
  static ServerSocketFactory serverSockets(Path store)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }
}
