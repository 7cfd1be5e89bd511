package org.dynocopy.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipException;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipInputTest {

  @TempDir Path folder;

  /** Never says that there is more, and brings only a few bytes at once. */
  private static final class Trickle extends ByteArrayInputStream {
    private final Random random;

    Trickle(byte[] bytes, Random random) {
      super(bytes);
      this.random = random;
    }

    @Override
    public synchronized int available() {
      return 0;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, 1 + random.nextInt(40)));
    }
  }

  private static byte[] read(InputStream in) throws IOException {
    try (GzipInput gzip = new GzipInput(in)) {
      return gzip.readAllBytes();
    }
  }

  @Test
  void membersOfAnySizeAreReadToTheLast() {
    Cases.forAll(
        30,
        random -> {
          ByteArrayOutputStream file = new ByteArrayOutputStream();
          ByteArrayOutputStream expected = new ByteArrayOutputStream();
          int largest = 1 << random.nextInt(17);
          for (int members = 1 + random.nextInt(100); members > 0; members--) {
            byte[] content = new byte[random.nextInt(largest)];
            if (random.nextBoolean()) {
              random.nextBytes(content);
            }
            file.writeBytes(Items.gzip(content));
            expected.writeBytes(content);
          }
          byte[] bytes = file.toByteArray();
          assertThat(read(new Trickle(bytes, random))).isEqualTo(expected.toByteArray());
          byte[] cut = Arrays.copyOf(bytes, bytes.length - 1 - random.nextInt(17));
          assertThatThrownBy(() -> read(new Trickle(cut, random))).isInstanceOf(EOFException.class);
        });
  }

  @Test
  void thousandsOfSmallMembersInAFileAreAllRead() throws Exception {
    byte[] member = Items.gzip("{}\n".getBytes());
    Path file = folder.resolve("many.gz");
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int i = 0; i < 50_000; i++) {
      members.writeBytes(member);
    }
    Files.write(file, members.toByteArray());
    assertThat(read(new FileInputStream(file.toFile()))).hasSize(150_000);
  }

  /** The JDK's own stream passes over it as if the file ended there. */
  @Test
  void damagedHeaderOfALaterMemberIsNotTheEnd() throws Exception {
    byte[] member = Items.gzip(new byte[100]);
    byte[] two = Arrays.copyOf(member, 2 * member.length);
    System.arraycopy(member, 1, two, member.length + 1, member.length - 1);
    assertThatThrownBy(() -> read(new ByteArrayInputStream(two)))
        .isInstanceOf(ZipException.class)
        .hasMessage("damaged between two gzip members");
  }

  @Test
  void headerMayHaveAllThatTheFormatKnows() throws Exception {
    byte[] plain = Items.gzip("hello".getBytes());
    ByteArrayOutputStream full = new ByteArrayOutputStream();
    full.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0x1f, 1, 2, 3, 4, 0, 3});
    full.writeBytes(new byte[] {3, 0, 9, 9, 9});
    full.writeBytes("users.jsonl\0a comment\0".getBytes());
    full.writeBytes(new byte[] {7, 7});
    full.write(plain, 10, plain.length - 10);
    assertThat(read(new ByteArrayInputStream(full.toByteArray()))).isEqualTo("hello".getBytes());
  }

  @Test
  void wrongChecksumAndWrongLengthAreNoticed() throws Exception {
    byte[] member = Items.gzip("hello".getBytes());
    for (int fromEnd = 1; fromEnd <= 8; fromEnd++) {
      byte[] changed = member.clone();
      changed[changed.length - fromEnd]++;
      assertThatThrownBy(() -> read(new ByteArrayInputStream(changed)))
          .isInstanceOf(ZipException.class)
          .hasMessage("damaged, its " + (fromEnd > 4 ? "checksum" : "length") + " is wrong");
    }
  }
}
