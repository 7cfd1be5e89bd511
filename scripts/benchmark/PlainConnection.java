package org.dynocopy.scripts.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.zip.CRC32;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One connection to DynamoDB: a socket, a signature, a request, its answer, checked by its CRC. */
final class PlainConnection implements AutoCloseable {

  private final Socket socket;
  private final HttpMessages answers;
  private final String host;
  private final Signature signature;
  private byte[] request = new byte[1 << 16];

  PlainConnection(URI endpoint) throws IOException {
    boolean secure = endpoint.getScheme().equals("https");
    host = endpoint.getHost() + ":" + endpoint.getPort();
    signature = new Signature(host);
    socket =
        secure
            ? SSLSocketFactory.getDefault().createSocket(endpoint.getHost(), endpoint.getPort())
            : new Socket(endpoint.getHost(), endpoint.getPort());
    if (socket instanceof SSLSocket tls) {
      SSLParameters checked = tls.getSSLParameters();
      checked.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(checked);
    }
    socket.setTcpNoDelay(true);
    answers = new HttpMessages(socket.getInputStream());
  }

  /** Sends a request and reads its answer, which stands there until the next one. */
  void call(String operation, byte[] body, int length) throws IOException {
    String target = "DynamoDB_20120810." + operation;
    String head =
        "POST / HTTP/1.1\r\nHost: "
            + host
            + "\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
            + length
            + "\r\nX-Amz-Target: "
            + target
            + signature.headers(target, body, length)
            + "\r\n\r\n";
    byte[] start = head.getBytes(ISO_8859_1);
    if (request.length < start.length + length) {
      request = new byte[2 * (start.length + length)];
    }
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, length);
    socket.getOutputStream().write(request, 0, start.length + length);
    if (!answers.readHead()) {
      throw new IOException("the connection ended");
    }
    answers.readBody();
    check();
  }

  private void check() throws IOException {
    if (!answers.head().startsWith("HTTP/1.1 200 ")) {
      throw new IOException(answers.head());
    }
    CRC32 crc = new CRC32();
    crc.update(answers.body(), 0, answers.length());
    if (!Long.toString(crc.getValue()).equals(answers.header("x-amz-crc32"))) {
      throw new IOException("the CRC differs");
    }
  }

  byte[] answer() {
    return answers.body();
  }

  int length() {
    return answers.length();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
