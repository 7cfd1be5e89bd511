package org.dynocopy.dsl.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.cache.CompiledRecipe.Include;
import org.dynocopy.dsl.source.RecipeFile;
import org.dynocopy.dsl.words.Code;
import org.dynocopy.dsl.words.RecipeScript.Site;

/**
 * How a {@link CompiledRecipe} is written: its parts in their order, before each list its length.
 * Of a place only its numbers are written; the file that it is read for has its name and its text.
 */
final class CompiledForm {

  private CompiledForm() {}

  static void write(CompiledRecipe compiled, DataOutputStream out) throws IOException {
    out.writeUTF(compiled.script());
    writeMap(compiled.code(), out::writeUTF, code -> write(code, out), out);
    writeMap(compiled.parts(), out::writeUTF, part -> write(part, out), out);
    writeList(compiled.sites(), site -> write(site, out), out);
    writeList(compiled.includes(), include -> write(include, out), out);
    writeMap(compiled.paramReads(), at -> write(at, out), out::writeUTF, out);
    writeMap(compiled.paramsBefore(), out::writeUTF, type -> out.writeUTF(type.getName()), out);
    writeMap(compiled.paramsAfter(), out::writeUTF, type -> out.writeUTF(type.getName()), out);
  }

  static CompiledRecipe read(DataInputStream in, RecipeFile file) throws IOException {
    return new CompiledRecipe(
        in.readUTF(),
        readMap(in::readUTF, () -> in.readNBytes(in.readInt()), in),
        readMap(in::readUTF, () -> part(in), in),
        readList(() -> site(in, file), in),
        readList(() -> new Include(in.readUTF(), place(in, file)), in),
        readMap(() -> place(in, file), in::readUTF, in),
        readMap(in::readUTF, () -> type(in), in),
        readMap(in::readUTF, () -> type(in), in));
  }

  private static void write(byte[] code, DataOutputStream out) throws IOException {
    out.writeInt(code.length);
    out.write(code);
  }

  private static void write(Code part, DataOutputStream out) throws IOException {
    write(part.text().getBytes(UTF_8), out);
    writeList(List.copyOf(part.names()), out::writeUTF, out);
    out.writeBoolean(part.madeNames());
    writeList(List.copyOf(part.variables()), out::writeUTF, out);
    writeList(List.copyOf(part.properties()), out::writeUTF, out);
    writeList(part.unknown(), out::writeUTF, out);
  }

  private static Code part(DataInputStream in) throws IOException {
    return new Code(
        new String(in.readNBytes(in.readInt()), UTF_8),
        Set.copyOf(readList(in::readUTF, in)),
        in.readBoolean(),
        Set.copyOf(readList(in::readUTF, in)),
        Set.copyOf(readList(in::readUTF, in)),
        readList(in::readUTF, in));
  }

  private static void write(Site site, DataOutputStream out) throws IOException {
    write(site.at(), out);
    writeMap(site.named(), out::writeUTF, at -> write(at, out), out);
  }

  private static Site site(DataInputStream in, RecipeFile file) throws IOException {
    return new Site(place(in, file), readMap(in::readUTF, () -> place(in, file), in));
  }

  private static void write(Include include, DataOutputStream out) throws IOException {
    out.writeUTF(include.path());
    write(include.at(), out);
  }

  private static void write(Location at, DataOutputStream out) throws IOException {
    out.writeInt(at.line());
    out.writeInt(at.column());
    out.writeInt(at.length());
  }

  private static Location place(DataInputStream in, RecipeFile file) throws IOException {
    return file.place(in.readInt(), in.readInt(), in.readInt());
  }

  private static Class<?> type(DataInputStream in) throws IOException {
    String name = in.readUTF();
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IOException("a param has a type that is not there: " + name, e);
    }
  }

  private interface Writing<T> {
    void write(T one) throws IOException;
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> void writeList(List<T> list, Writing<T> each, DataOutputStream out)
      throws IOException {
    out.writeInt(list.size());
    for (T one : list) {
      each.write(one);
    }
  }

  private static <T> List<T> readList(Reading<T> each, DataInputStream in) throws IOException {
    List<T> list = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      list.add(each.read());
    }
    return list;
  }

  private static <K, V> void writeMap(
      Map<K, V> map, Writing<K> key, Writing<V> value, DataOutputStream out) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<K, V> one : map.entrySet()) {
      key.write(one.getKey());
      value.write(one.getValue());
    }
  }

  private static <K, V> Map<K, V> readMap(Reading<K> key, Reading<V> value, DataInputStream in)
      throws IOException {
    Map<K, V> map = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      map.put(key.read(), value.read());
    }
    return map;
  }
}
