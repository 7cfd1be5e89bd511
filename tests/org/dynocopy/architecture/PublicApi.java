package org.dynocopy.architecture;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types that others may use: the public ones of all packages that are not internal. */
final class PublicApi {

  private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");
  private static final Set<String> OF_OBJECTS = Set.of("equals", "hashCode", "toString");
  private static final Set<String> OF_ENUMS = Set.of("values", "valueOf");

  private final Set<String> internal;
  private final List<Class<?>> types = new ArrayList<>();

  /**
   * Finds it.
   *
   * @param files all of the project; a package says in its own file that it is internal
   */
  PublicApi(List<SourceFile> files) {
    internal =
        files.stream()
            .filter(file -> file.isPackage() && file.code().contains("@Internal"))
            .map(SourceFile::packageName)
            .collect(Collectors.toSet());
    files.stream()
        .filter(file -> !file.isPackage() && !internal.contains(file.packageName()))
        .forEach(file -> add(type(file)));
  }

  private static Class<?> type(SourceFile file) {
    try {
      return Class.forName(file.typeName(), false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private void add(Class<?> type) {
    if (isVisible(type.getModifiers())) {
      types.add(type);
      Arrays.stream(type.getDeclaredClasses()).forEach(this::add);
    }
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** Returns a line for each type and each of its members, sorted. */
  List<String> lines() {
    Set<String> lines = new TreeSet<>();
    for (Class<?> type : types) {
      lines.add(type.getTypeName() + ": " + kind(type) + above(type));
      members(type).forEach(member -> lines.add(type.getTypeName() + "#" + text(member)));
    }
    return List.copyOf(lines);
  }

  /** Returns which of its types name one that is internal, sorted. */
  List<String> internalNames() {
    Set<String> found = new TreeSet<>();
    for (Class<?> type : types) {
      Stream.concat(supertypes(type), members(type).stream().flatMap(PublicApi::types))
          .flatMap(PublicApi::classes)
          .filter(named -> internal.contains(named.getPackageName()))
          .forEach(named -> found.add(type.getTypeName() + " names " + named.getTypeName()));
    }
    return List.copyOf(found);
  }

  private static Stream<Type> supertypes(Class<?> type) {
    Stream<Type> interfaces = Stream.of(type.getGenericInterfaces());
    Type above = type.getGenericSuperclass();
    return above == null ? interfaces : Stream.concat(Stream.of(above), interfaces);
  }

  private static String kind(Class<?> type) {
    return type.isRecord()
        ? "record"
        : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
  }

  private static String above(Class<?> type) {
    List<String> names =
        supertypes(type)
            .filter(above -> !Set.of(Object.class, Record.class).contains(above))
            .filter(above -> !type.isEnum())
            .map(PublicApi::name)
            .toList();
    return names.isEmpty() ? "" : " of " + String.join(", ", names);
  }

  private static List<Member> members(Class<?> type) {
    boolean record = type.isRecord();
    return Stream.<Member[]>of(
            type.getDeclaredConstructors(), type.getDeclaredMethods(), type.getDeclaredFields())
        .flatMap(Stream::of)
        .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic())
        .filter(member -> !(record && OF_OBJECTS.contains(member.getName())))
        .filter(member -> !(type.isEnum() && OF_ENUMS.contains(member.getName())))
        .toList();
  }

  private static String text(Member member) {
    String before = Modifier.isStatic(member.getModifiers()) ? "static " : "";
    if (member instanceof Field field) {
      return field.getName() + ": " + before + name(field.getGenericType());
    }
    Executable executable = (Executable) member;
    String parameters =
        Stream.of(executable.getGenericParameterTypes())
            .map(PublicApi::name)
            .collect(Collectors.joining(", ", "(", ")"));
    return member instanceof Method method
        ? method.getName() + parameters + ": " + before + name(method.getGenericReturnType())
        : "new" + parameters;
  }

  private static String name(Type type) {
    return PACKAGES.matcher(type.getTypeName()).replaceAll("").replace('$', '.');
  }

  private static Stream<Type> types(Member member) {
    if (member instanceof Field field) {
      return Stream.of(field.getGenericType());
    }
    Executable executable = (Executable) member;
    Stream<Type> given =
        Stream.concat(
            Stream.of(executable.getGenericParameterTypes()),
            Stream.of(executable.getGenericExceptionTypes()));
    return member instanceof Method method
        ? Stream.concat(Stream.of(method.getGenericReturnType()), given)
        : given;
  }

  /** Returns the classes that a type names; a type variable names none of its own. */
  private static Stream<Class<?>> classes(Type type) {
    if (type instanceof Class<?> plain) {
      return Stream.of(plain.isArray() ? plain.getComponentType() : plain);
    }
    if (type instanceof ParameterizedType of) {
      return Stream.concat(classes(of.getRawType()), classes(of.getActualTypeArguments()));
    }
    if (type instanceof WildcardType some) {
      return Stream.concat(classes(some.getUpperBounds()), classes(some.getLowerBounds()));
    }
    return type instanceof GenericArrayType array
        ? classes(array.getGenericComponentType())
        : Stream.empty();
  }

  private static Stream<Class<?>> classes(Type[] types) {
    return Stream.of(types).flatMap(PublicApi::classes);
  }
}
