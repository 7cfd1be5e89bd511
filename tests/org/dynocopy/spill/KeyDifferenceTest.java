package org.dynocopy.spill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dynocopy.core.Item;
import org.dynocopy.files.LockFile;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Is the difference of two sets, whatever comes in whatever order by whichever thread. */
@Execution(ExecutionMode.CONCURRENT)
class KeyDifferenceTest {

  @TempDir private Path folder;

  @Test
  void isTheDifferenceOfTheSets() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Cases.forAll(5, random -> holds(random, threads));
    } finally {
      threads.shutdown();
    }
  }

  private void holds(Random random, ExecutorService threads) throws Exception {
    List<String> first = keys(random);
    List<String> second = keys(random);
    Set<String> expected = new HashSet<>(first);
    second.forEach(expected::remove);
    Path there = folder.resolve("deep").resolve("keys");
    try (KeyDifference keys = new KeyDifference(there)) {
      List<Future<?>> notes = new ArrayList<>();
      first.forEach(key -> notes.add(threads.submit(() -> first(keys, key))));
      second.forEach(key -> notes.add(threads.submit(() -> second(keys, key))));
      for (Future<?> note : notes) {
        note.get();
      }
      assertThat(left(keys)).doesNotHaveDuplicates().hasSameElementsAs(expected);
    }
    assertThat(there).doesNotExist();
  }

  /** Keys of which some are there twice, some empty-handed, some long. */
  private static List<String> keys(Random random) {
    List<String> keys = new ArrayList<>();
    int number = random.nextInt(800);
    for (int i = 0; i < number; i++) {
      int key = random.nextInt(600);
      keys.add("ü" + key + "x".repeat(key % 50 == 0 ? 5_000 : 0));
    }
    Collections.shuffle(keys, random);
    return keys;
  }

  private static Void first(KeyDifference keys, String key) throws Exception {
    byte[] padded = ("[" + key + "]").getBytes(UTF_8);
    keys.first(digest(key), new Item(padded, 1, padded.length - 2));
    return null;
  }

  private static Void second(KeyDifference keys, String key) throws Exception {
    keys.second(digest(key));
    return null;
  }

  private static List<String> left(KeyDifference keys) throws Exception {
    List<String> left = new ArrayList<>();
    for (int i = 0; i < keys.lists(); i++) {
      keys.list(i).forEach(key -> left.add(text(key)));
    }
    return left;
  }

  private static byte[] digest(String key) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
  }

  private static String text(Item key) {
    return new String(key.bytes(), key.offset(), key.length(), UTF_8);
  }

  @Test
  void takesItsFilesAwayWhenItIsClosedInTheMiddle() throws Exception {
    Path there = folder.resolve("keys");
    KeyDifference keys = new KeyDifference(there);
    first(keys, "u1");
    assertThat(there).isDirectory();
    keys.close();
    assertThat(there).doesNotExist();
  }

  /** Two runs that noted into the same files would delete each other's items. */
  @Test
  void sharesItsFilesWithNoOne() throws Exception {
    Path there = folder.resolve("keys");
    try (KeyDifference keys = new KeyDifference(there)) {
      first(keys, "u1");
      assertThrows(IOException.class, () -> new KeyDifference(there));
      assertThat(left(keys)).containsExactly("u1");
    }
  }

  @Test
  void lockIsFreeWhereFilesCannotBeMadeOrRemoved() throws Exception {
    Path there = folder.resolve("keys");
    Path foreign = Files.createDirectories(there.resolve("7.new"));
    assertThrows(IOException.class, () -> new KeyDifference(there));
    LockFile.on(there).close();
    Files.delete(foreign);
    KeyDifference keys = new KeyDifference(there);
    Files.createFile(there.resolve("foreign"));
    assertThrows(IOException.class, keys::close);
    assertThat(LockFile.beside(there)).exists();
    LockFile.on(there).close();
  }

  @Test
  void findsNothingWhereNothingWasNoted() throws Exception {
    try (KeyDifference keys = new KeyDifference(folder.resolve("keys"))) {
      assertThat(keys.list(0)).isEmpty();
    }
    assertThat(Files.list(folder)).isEmpty();
  }
}
