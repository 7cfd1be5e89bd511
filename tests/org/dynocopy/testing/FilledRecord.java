package org.dynocopy.testing;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.limits.Budget;
import org.dynocopy.spec.place.TableRef;

/**
 * Records in which every part is said, each with another value, for laws over all of their parts.
 */
public final class FilledRecord {

  private static int number;

  private FilledRecord() {}

  /** Returns a record of that type without an empty part. */
  public static <R> R of(Class<R> type) {
    return type.cast(value(type));
  }

  /** Returns the same record with another value for one part. */
  @SuppressWarnings("unchecked")
  public static <R> R with(R record, String part, Object value) {
    return (R)
        make(
            record.getClass(),
            Arrays.stream(record.getClass().getRecordComponents())
                .map(one -> one.getName().equals(part) ? value : part(record, one))
                .toArray());
  }

  /** Returns, by the name of each part, the same record in which that part alone is another. */
  public static <R> Map<String, R> others(R record) {
    Map<String, R> others = new LinkedHashMap<>();
    for (RecordComponent part : record.getClass().getRecordComponents()) {
      others.put(part.getName(), with(record, part.getName(), other(record, part)));
    }
    return others;
  }

  private static Object other(Object record, RecordComponent part) {
    Object is = part(record, part);
    if (is instanceof Boolean bool) {
      return !bool;
    }
    if (is instanceof Enum<?> constant) {
      Object[] all = part.getType().getEnumConstants();
      return all[(constant.ordinal() + 1) % all.length];
    }
    return value(part.getGenericType());
  }

  /** Returns the names of the parts in which two records differ. */
  public static Set<String> differences(Object one, Object other) {
    Set<String> names = new TreeSet<>();
    for (RecordComponent part : one.getClass().getRecordComponents()) {
      if (!Objects.equals(part(one, part), part(other, part))) {
        names.add(part.getName());
      }
    }
    return names;
  }

  private static Object part(Object record, RecordComponent part) {
    try {
      part.getAccessor().setAccessible(true);
      return part.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object make(Class<?> type, Object... parts) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(parts);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object value(Type type) {
    if (type instanceof ParameterizedType of) {
      Type[] parts = of.getActualTypeArguments();
      Object first = value(parts[0]);
      return of.getRawType() == Optional.class
          ? Optional.of(first)
          : of.getRawType() == Map.class
              ? Map.of(first, value(parts[1]))
              : of.getRawType() == Set.class ? Set.of(first) : List.of(first);
    }
    int next = ++number;
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return make(
          plain,
          Arrays.stream(plain.getRecordComponents())
              .map(part -> value(part.getGenericType()))
              .toArray());
    }
    if (plain.isEnum()) {
      return plain.getEnumConstants()[next % plain.getEnumConstants().length];
    }
    return switch (plain.getSimpleName()) {
      case "boolean" -> true;
      case "int" -> next;
      case "long" -> (long) next;
      case "double", "Double" -> (double) next;
      case "OptionalInt" -> OptionalInt.of(next);
      case "OptionalLong" -> OptionalLong.of(next);
      case "String", "Object" -> "value" + next;
      case "Path" -> Path.of("file" + next);
      case "URI" -> URI.create("http://localhost:" + next);
      case "Duration" -> Duration.ofSeconds(next);
      case "Instant" -> Instant.ofEpochSecond(next);
      case "Test" -> (ClientFilter.Test) item -> next > 0;
      case "Budget" -> new Budget(next, Location.NOWHERE);
      case "ShapeStep" -> value(ClientFilter.class);
      case "StoreRef" -> value(TableRef.class);
      case "Side" -> value(Verification.OfTable.class);
      default -> throw new AssertionError("no value of " + plain);
    };
  }
}
