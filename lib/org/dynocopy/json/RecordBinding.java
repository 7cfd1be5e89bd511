package org.dynocopy.json;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.dynocopy.json.RecordShape.Member;

/**
 * Binds records to the objects of a document: each component is the member of its name. So a
 * document's members are listed once, in its record.
 *
 * <p>Components are texts, numbers, booleans, {@code byte[]}, {@link Instant}, {@link Path}, {@link
 * JsonDocument.Raw}, other records, lists, maps by texts, and what {@link #with} adds. An empty
 * {@link Optional} is a member that is not there, null is null. Reading is strict: what is no
 * Optional must be there, not null, and of the right type; members that no component has are
 * ignored.
 *
 * <p>Whether the document is JSON ({@link JsonDocument}) or an attribute in DynamoDB's JSON ({@link
 * AttributeJson}) is up to its owner. A binding can be used by many threads once it is made.
 */
public final class RecordBinding {

  /** For documents that need nothing but what is described above. */
  public static final RecordBinding PLAIN = new RecordBinding();

  private final Map<Class<?>, Custom<?>> custom = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Object> defaults = new HashMap<>();
  private final Map<Class<?>, RecordShape> shapes = new ConcurrentHashMap<>();

  /** Makes a binding, to which the methods that return it add something. */
  public RecordBinding() {
    with(Instant.class, Instant::toString, value -> Instant.parse((String) value));
    with(Path.class, Path::toString, value -> Path.of((String) value));
  }

  private record Custom<T>(Function<T, Object> write, Function<Object, T> read) {
    Object written(Object value) {
      @SuppressWarnings("unchecked") // it is found by its class
      T typed = (T) value;
      return write.apply(typed);
    }
  }

  /**
   * Adds a type.
   *
   * @param write returns the value in the document; null for a member that is not there
   * @param read gets the value, or null for a member that is not there
   */
  public <T> RecordBinding with(
      Class<T> type, Function<T, Object> write, Function<Object, T> read) {
    custom.put(type, new Custom<>(write, read));
    return this;
  }

  /** Gives a component's member another name. */
  public RecordBinding named(Class<? extends Record> type, String component, String name) {
    names.put(type.getName() + "." + component, name);
    return this;
  }

  /** Puts the members of a component, which is a record, in its place. */
  public RecordBinding flat(Class<? extends Record> type, String component) {
    return named(type, component, "");
  }

  /** Sets what a component is in documents that do not have it. */
  public RecordBinding absent(Class<? extends Record> type, String component, Object value) {
    defaults.put(type.getName() + "." + component, value);
    return this;
  }

  private RecordShape shape(Class<?> type) {
    return shapes.computeIfAbsent(type, it -> RecordShape.of(it, names, defaults));
  }

  /** Returns a record's members, in its order. */
  public Map<String, Object> fields(Record document) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Member member : shape(document.getClass()).members()) {
      Object value = member.of(document);
      if (value instanceof Optional<?> optional) {
        if (optional.isEmpty()) {
          continue;
        }
        value = optional.get();
      }
      if (member.flat()) {
        fields.putAll(fields((Record) value));
      } else {
        Object written = written(value);
        if (written != null || value == null) {
          fields.put(member.name(), written);
        }
      }
    }
    return fields;
  }

  private Object written(Object value) {
    if (value == null || value instanceof String || value instanceof Number) {
      return value;
    }
    Custom<?> own = custom(value.getClass());
    if (own != null) {
      return own.written(value);
    }
    if (value instanceof Record one && !(value instanceof JsonDocument.Raw)) {
      return fields(one);
    }
    if (value instanceof List<?> list) {
      List<Object> all = new ArrayList<>(list.size());
      list.forEach(element -> all.add(written(element)));
      return all;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> all = new LinkedHashMap<>();
      map.forEach((name, element) -> all.put((String) name, written(element)));
      return all;
    }
    return value;
  }

  /** A {@link Path} has the class of its file system. */
  private Custom<?> custom(Class<?> type) {
    return custom.get(Path.class.isAssignableFrom(type) ? Path.class : type);
  }

  /**
   * Returns the record that has these members.
   *
   * @throws InvalidDocumentException if one is missing, or not of its type, or the record refuses
   *     it
   */
  public <R extends Record> R record(Class<R> type, Map<?, ?> fields)
      throws InvalidDocumentException {
    RecordShape shape = shape(type);
    Object[] arguments = new Object[shape.members().size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = component(shape.members().get(i), fields);
    }
    return type.cast(shape.make(arguments));
  }

  private Object component(Member member, Map<?, ?> fields) throws InvalidDocumentException {
    Type type = member.optional() ? RecordShape.argument(member.type(), 0) : member.type();
    if (member.flat()) {
      return flat(member, type, fields);
    }
    if (fields.get(member.name()) == null) {
      return missing(member);
    }
    Object value = read(member.name(), type, fields.get(member.name()));
    return member.optional() ? Optional.of(value) : value;
  }

  /** An optional record is there with the first of its members. */
  private Object flat(Member member, Type type, Map<?, ?> fields) throws InvalidDocumentException {
    Class<? extends Record> one = RecordShape.raw(type).asSubclass(Record.class);
    if (!member.optional()) {
      return record(one, fields);
    }
    boolean there = fields.containsKey(shape(one).members().get(0).name());
    return there ? Optional.of(record(one, fields)) : Optional.empty();
  }

  private Object missing(Member member) throws InvalidDocumentException {
    if (member.optional()) {
      return Optional.empty();
    }
    if (member.absent() != null) {
      return member.absent();
    }
    Custom<?> own = custom(RecordShape.raw(member.type()));
    Object value = own == null ? null : converted(member.name(), own, null);
    if (value == null) {
      throw new InvalidDocumentException("`" + member.name() + "` is missing");
    }
    return value;
  }

  private Object read(String name, Type type, Object value) throws InvalidDocumentException {
    Class<?> raw = RecordShape.raw(type);
    Custom<?> own = custom(raw);
    if (own != null) {
      return converted(name, own, value);
    }
    if (raw == List.class && value instanceof List<?> list) {
      List<Object> all = new ArrayList<>(list.size());
      for (Object element : list) {
        all.add(read(name, RecordShape.argument(type, 0), element));
      }
      return all;
    }
    if (value instanceof Map<?, ?> map) {
      if (raw == Map.class) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          all.put(
              (String) entry.getKey(), read(name, RecordShape.argument(type, 1), entry.getValue()));
        }
        return all;
      }
      if (raw.isRecord()) {
        return record(raw.asSubclass(Record.class), map);
      }
    }
    return scalar(name, raw, value);
  }

  private static Object scalar(String name, Class<?> type, Object value)
      throws InvalidDocumentException {
    try {
      if (value instanceof BigDecimal number) {
        if (type == long.class || type == Long.class) {
          return number.longValueExact();
        }
        if (type == int.class || type == Integer.class) {
          return number.intValueExact();
        }
        if (type == double.class || type == Double.class) {
          return number.doubleValue();
        }
      }
    } catch (ArithmeticException e) {
      throw new InvalidDocumentException("`" + name + "` is not a whole number in range", e);
    }
    if (type == boolean.class && value instanceof Boolean || type.isInstance(value)) {
      return value;
    }
    throw new InvalidDocumentException("`" + name + "` is not of the type " + type.getSimpleName());
  }

  private static Object converted(String name, Custom<?> own, Object value)
      throws InvalidDocumentException {
    try {
      return own.read().apply(value);
    } catch (RuntimeException e) {
      String why = value == null ? "` is missing" : "` cannot be read";
      throw new InvalidDocumentException("`" + name + why, e);
    }
  }
}
