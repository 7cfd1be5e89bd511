package org.dynocopy.dsl.cache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.dynocopy.dsl.source.RecipeFile;

/**
 * Keeps what compiling recipes gave, in a folder of the user's, from one run to the next: compiling
 * is most of what a short copy takes to its first request.
 *
 * <p>A file there has the name of what decides about its content: the digest of the text, of this
 * JVM and of everything on its class path. It begins with {@code dynocopy}, the version of this
 * form, its own name and the digest of what follows: {@link CompiledForm}. It is code, so a folder
 * or a file that others could have written is not looked at. Whatever is wrong with one, the recipe
 * is compiled; that is not worth a message.
 */
public final class RecipeCache {

  /** Keeps nothing, and has nothing. */
  public static final RecipeCache NONE = new RecipeCache(Optional.empty(), "");

  private static final long MAGIC = 0x64796e6f_636f7079L;
  private static final int VERSION = 3;
  private static final int MOST = 200;
  private static final Duration LONGEST = Duration.ofDays(30);

  private final Optional<TrustedFolder> folder;
  private final String runtime;

  private RecipeCache(Optional<TrustedFolder> folder, String runtime) {
    this.folder = folder;
    this.runtime = runtime;
  }

  /**
   * Returns what is kept where the system property {@code dynocopy.recipes} says, as {@code
   * ./jbang} sets it; nothing where it says nothing, where the code that runs may change under way,
   * or where files have no owners.
   */
  public static RecipeCache ofProcess() {
    String folder = System.getProperty("dynocopy.recipes", "");
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    if (folder.isEmpty() || !posix) {
      return NONE;
    }
    try {
      return runtime(System.getProperty("java.class.path"))
          .map(text -> in(Path.of(folder), text))
          .orElse(NONE);
    } catch (IOException e) {
      // A jar is gone that this JVM has on its class path: what it runs is not known.
      return NONE;
    }
  }

  /**
   * Returns what is kept in a folder, which need not be there yet.
   *
   * @param runtime all that decides about what compiling gives, besides the recipe
   */
  public static RecipeCache in(Path folder, String runtime) {
    return new RecipeCache(Optional.of(new TrustedFolder(folder)), runtime);
  }

  /**
   * Returns what compiling a file gave before.
   *
   * @param source its name in stack traces, which its classes have as well
   */
  public Optional<CompiledRecipe> find(String source, RecipeFile file) {
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    String name = name(source, file);
    try {
      Optional<byte[]> content = folder.get().read(name);
      return content.isPresent() ? open(name, content.get(), file) : Optional.empty();
    } catch (IOException e) {
      // As if it were not there, which is the most frequent reason.
      return Optional.empty();
    }
  }

  /** Keeps what compiling a file gave. */
  public void keep(String source, RecipeFile file, CompiledRecipe compiled) {
    if (folder.isEmpty()) {
      return;
    }
    String name = name(source, file);
    try {
      folder.get().write(name, close(name, compiled));
      folder.get().leave(MOST, LONGEST);
    } catch (IOException e) {
      // Then it is compiled again the next time.
    }
  }

  private static byte[] close(String name, CompiledRecipe compiled) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    CompiledForm.write(compiled, new DataOutputStream(body));
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(content);
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    out.writeUTF(name);
    out.write(sha256().digest(body.toByteArray()));
    body.writeTo(out);
    return content.toByteArray();
  }

  private static Optional<CompiledRecipe> open(String name, byte[] content, RecipeFile file)
      throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
    if (in.readLong() != MAGIC || in.readInt() != VERSION || !in.readUTF().equals(name)) {
      return Optional.empty();
    }
    MessageDigest sha256 = sha256();
    byte[] digest = in.readNBytes(sha256.getDigestLength());
    byte[] body = in.readAllBytes();
    return Arrays.equals(digest, sha256.digest(body))
        ? Optional.of(CompiledForm.read(new DataInputStream(new ByteArrayInputStream(body)), file))
        : Optional.empty();
  }

  private String name(String source, RecipeFile file) {
    String all = String.join("\0", runtime, source, file.text());
    return HexFormat.of().formatHex(sha256().digest(all.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Returns the JVM and the jars that it runs, as exactly as the JVM itself looks at them for its
   * archive of classes; nothing if there are folders among them, whose times tell nothing of their
   * files.
   */
  public static Optional<String> runtime(String classPath) throws IOException {
    StringJoiner text = new StringJoiner("\n");
    text.add(System.getProperty("java.home")).add(System.getProperty("java.vm.version"));
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("groovy."))
        .sorted()
        .forEach(name -> text.add(name + "=" + System.getProperty(name)));
    for (String jar : classPath.split(File.pathSeparator)) {
      BasicFileAttributes is = Files.readAttributes(Path.of(jar), BasicFileAttributes.class);
      if (!is.isRegularFile()) {
        return Optional.empty();
      }
      text.add(jar + " " + is.size() + " " + is.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }
    return Optional.of(text.toString());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
