package org.dynocopy.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.dynocopy.core.Item;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ItemDifferenceTest {

  @TempDir Path folder;

  private static byte[] digest(String text) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> note(ItemDifference items, boolean ofSource, Random random)
      throws Exception {
    Map<String, String> noted = new HashMap<>();
    for (int i = random.nextInt(400); i > 0; i--) {
      String key = "k" + random.nextInt(300);
      String value = "v" + random.nextInt(2);
      items.note(ofSource, digest(key), digest(value), Item.of(key));
      noted.put(key, value);
    }
    return noted;
  }

  private static Set<String> keys(ItemDifference items, boolean withExtra) throws IOException {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < items.lists(); i++) {
      for (Item key : items.list(i, withExtra)) {
        assertThat(keys.add(key.toString())).isTrue();
      }
    }
    return keys;
  }

  @Test
  void itIsTheDifferenceOfTwoMaps() {
    Cases.forAll(
        30,
        random -> {
          Path there = folder.resolve("items" + random.nextLong());
          try (ItemDifference items = new ItemDifference(there)) {
            Map<String, String> source = note(items, true, random);
            Map<String, String> target = note(items, false, random);
            Set<String> wanted = new HashSet<>(source.keySet());
            wanted.removeIf(key -> source.get(key).equals(target.get(key)));
            Set<String> extra = new HashSet<>(target.keySet());
            extra.removeAll(source.keySet());
            assertThat(keys(items, false)).isEqualTo(wanted);
            assertThat(items.others()).isEqualTo(extra.size());
            wanted.addAll(extra);
            assertThat(keys(items, true)).isEqualTo(wanted);
          }
          assertThat(Files.exists(there)).isFalse();
        });
  }

  @Test
  void filesThatAreThereAreNotOverwritten() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.writeString(own.resolve("0.source"), "mine");
    assertThatThrownBy(() -> new ItemDifference(own))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(own.resolve("0.source")).hasContent("mine");
  }
}
