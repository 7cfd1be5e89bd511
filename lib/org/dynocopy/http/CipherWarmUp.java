package org.dynocopy.http;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Has AES-GCM compiled before it is needed. The JVM puts the processor's own instructions for it in
 * place only where its best compiler has compiled what calls them; that counts calls, of which TLS
 * makes a few for 16 KB, and while everything else is compiled it takes many thousands of them.
 * Until then each byte costs ten to fifty times as much, which was more than half of a copy's CPU.
 */
final class CipherWarmUp {

  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private static final int ROUNDS = 6_000;
  private static final int BYTES = 64;

  private CipherWarmUp() {}

  /** Begins where TLS is used, once in a process, beside whatever else is done: it takes 0.1 s. */
  static void beginFor(Origin origin) {
    if (origin.tls() && !BEGUN.get() && BEGUN.compareAndSet(false, true)) {
      Thread thread = new Thread(CipherWarmUp::exercise, "dynocopy-warm-cipher");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void exercise() {
    try {
      encryptAndDecrypt();
    } catch (GeneralSecurityException e) {
      // Then TLS has found another cipher, and this one need not be fast.
    }
  }

  private static void encryptAndDecrypt() throws GeneralSecurityException {
    Cipher encrypt = Cipher.getInstance("AES/GCM/NoPadding");
    Cipher decrypt = Cipher.getInstance("AES/GCM/NoPadding");
    SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
    ByteBuffer plain = ByteBuffer.allocate(BYTES);
    ByteBuffer secret = ByteBuffer.allocate(BYTES + 16);
    ByteBuffer again = ByteBuffer.allocate(BYTES);
    byte[] once = new byte[12];
    for (int i = 0; i < ROUNDS; i++) {
      ByteBuffer.wrap(once).putInt(i);
      GCMParameterSpec parameters = new GCMParameterSpec(128, once);
      encrypt.init(Cipher.ENCRYPT_MODE, key, parameters);
      encrypt.updateAAD(once);
      encrypt.doFinal(plain.clear(), secret.clear());
      decrypt.init(Cipher.DECRYPT_MODE, key, parameters);
      decrypt.updateAAD(once);
      decrypt.doFinal(secret.flip(), again.clear());
    }
  }
}
