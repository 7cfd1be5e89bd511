package org.dynocopy.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.dynocopy.diagnostic.InvalidJobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

  private static final String SCHEMA = "{\"a\":[1,{\"b\":\"\u00e4 }\"}]}";

  @TempDir Path folder;

  private static final Instant TIME = Instant.parse("2026-11-22T14:00:00Z");

  /** As a dynocopy wrote it that had no checksums. */
  private static final String FIRST =
      "{\"dynocopyBackup\":1,\"table\":\"users\",\"arn\":\"arn:1\",\"time\":\""
          + TIME
          + "\",\"items\":12,\"schema\":"
          + SCHEMA
          + "}";

  private static final Manifest WRITTEN =
      new Manifest("users", "arn:1", TIME, 12, SCHEMA).with(new byte[] {1}, new byte[] {2});

  private Manifest read(byte[] bytes) throws IOException {
    return Manifest.read(Files.write(folder.resolve("users.schema.json"), bytes));
  }

  private Manifest read(String text) throws IOException {
    return read(text.getBytes(UTF_8));
  }

  @Test
  void isReadAsItWasWritten() throws Exception {
    assertThat(read(WRITTEN.bytes())).isEqualTo(WRITTEN);
    assertThat(read(FIRST)).isEqualTo(new Manifest("users", "arn:1", TIME, 12, SCHEMA));
  }

  @Test
  void thatWasChangedAnywhereIsRefused() {
    byte[] whole = WRITTEN.bytes();
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> read(changed)).isInstanceOf(InvalidJobException.class);
      byte[] cut = Arrays.copyOf(whole, at);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(InvalidJobException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "arn", "time", "items", "schema", "dynocopyBackup"})
  void isNoneWithoutOneOfItsFields(String field) {
    assertThatThrownBy(() -> read(FIRST.replace("\"" + field + "\"", "\"other\"")))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("users.schema.json: not the manifest of a backup");
  }

  @Test
  void ofALaterVersionIsRefused() {
    assertThatThrownBy(() -> read(FIRST.replace("Backup\":1", "Backup\":99")))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("version 99");
  }

  @Test
  void lessThanNoItemsAreRefused() {
    assertThatThrownBy(() -> read(FIRST.replace("\"items\":12", "\"items\":-12")))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("not the manifest of a backup");
  }

  @ParameterizedTest
  @CsvSource({
    "users.jsonl.gz, users.schema.json",
    "users.json.gz, users.schema.json",
    "users.jsonl, users.schema.json",
    "users.gz, users.schema.json",
    "users, users.schema.json",
    "a.b.jsonl, a.b.schema.json",
  })
  void standsBesideItsData(String data, String manifest) {
    assertThat(Manifest.beside(folder.resolve(data))).isEqualTo(folder.resolve(manifest));
  }
}
