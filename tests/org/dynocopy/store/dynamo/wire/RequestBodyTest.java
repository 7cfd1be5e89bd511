package org.dynocopy.store.dynamo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.dynocopy.core.Item;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

  /** Reads to the end, as many bytes at once as chance says. */
  private static byte[] read(InputStream in, Random random) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[64];
    while (true) {
      if (random.nextInt(4) == 0) {
        int one = in.read();
        if (one < 0) {
          return all.toByteArray();
        }
        all.write(one);
      } else {
        int offset = random.nextInt(32);
        int read = in.read(buffer, offset, 1 + random.nextInt(32));
        if (read < 0) {
          return all.toByteArray();
        }
        all.write(buffer, offset, read);
      }
    }
  }

  @Test
  void bodyIsItsSlicesOneAfterTheOtherAndCanBeReadAgain() {
    Cases.forAll(
        500,
        random -> {
          ByteArrayOutputStream expected = new ByteArrayOutputStream();
          RequestBody body = new RequestBody();
          for (int i = random.nextInt(10); i > 0; i--) {
            byte[] bytes = new byte[random.nextInt(random.nextInt(4) == 0 ? 20_000 : 50)];
            random.nextBytes(bytes);
            int from = random.nextInt(bytes.length + 1);
            int length = random.nextInt(bytes.length - from + 1);
            body.addAll(new RequestBody().add(new Item(bytes, from, length)));
            expected.write(bytes, from, length);
          }
          assertThat(body.length()).isEqualTo(expected.size());
          for (int i = 0; i < 2; i++) {
            assertThat(read(body.newStream(), random)).isEqualTo(expected.toByteArray());
          }
        });
  }

  @Test
  void endIsToldAgainAndAgainButNotToWhoAsksForNothing() throws IOException {
    InputStream in = new RequestBody().add("a").add("").newStream();
    assertThat(in.read(new byte[0], 0, 0)).isZero();
    assertThat(in.read()).isEqualTo('a');
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.read(new byte[4], 0, 4)).isEqualTo(-1);
    assertThat(in.read(new byte[0], 0, 0)).isZero();
  }
}
