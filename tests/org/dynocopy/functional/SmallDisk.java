package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A folder that takes 256 KB and then no more, until it grows. */
interface SmallDisk extends AutoCloseable {

  /** Where it is. */
  Path folder();

  /** What whoever is refused says. */
  String says();

  /** What programs must be started by; the program and its arguments follow. */
  List<String> starter();

  /** Leaves no room for a file of the size that this one has. */
  void fill(Path file) throws IOException;

  /** Makes room. */
  void grow() throws Exception;

  @Override
  void close() throws Exception;

  /** Makes one out of an empty folder: by a limit for files where nothing may be mounted. */
  static SmallDisk in(Path folder) {
    return Mounted.does("mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", "" + folder)
        ? new Mounted(folder)
        : new Limited(folder);
  }

  /** {@code ENOSPC}. */
  record Mounted(Path folder) implements SmallDisk {

    static boolean does(String... words) {
      try {
        Process process =
            new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String says() {
      return "No space left on device";
    }

    @Override
    public List<String> starter() {
      return List.of();
    }

    @Override
    public void fill(Path file) {
      try (var out = Files.newOutputStream(folder.resolve("ballast"))) {
        for (byte[] block = new byte[512]; true; ) {
          out.write(block);
        }
      } catch (IOException full) {
        assertThat(full).hasMessageContaining("No space");
      }
    }

    @Override
    public void grow() {
      assertThat(does("mount", "-o", "remount,size=4m", folder.toString())).isTrue();
    }

    @Override
    public void close() {
      assertThat(does("umount", folder.toString())).isTrue();
    }
  }

  /** {@code EFBIG}, a limit for files of every program that is started. */
  final class Limited implements SmallDisk {
    private final Path folder;
    private long bytes = 256 << 10;

    Limited(Path folder) {
      this.folder = folder;
    }

    @Override
    public Path folder() {
      return folder;
    }

    @Override
    public String says() {
      return "File too large";
    }

    /** Some shells count blocks of 512 bytes, others of 1024. */
    @Override
    public List<String> starter() {
      return bytes == Long.MAX_VALUE
          ? List.of()
          : List.of("sh", "-c", "ulimit -f " + bytes / 1024 + "; exec \"$@\"", "sh");
    }

    @Override
    public void fill(Path file) throws IOException {
      bytes = Files.size(file) / 2;
    }

    @Override
    public void grow() {
      bytes = Long.MAX_VALUE;
    }

    @Override
    public void close() {}
  }
}
