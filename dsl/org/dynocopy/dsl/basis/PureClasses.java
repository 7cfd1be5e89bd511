package org.dynocopy.dsl.basis;

import java.util.Set;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;

/** Which classes give the same in every run for the same arguments, as far as is known. */
final class PureClasses {

  private static final Set<String> PACKAGES =
      Set.of(
          "java.math",
          "java.text",
          "java.time",
          "java.time.format",
          "java.time.temporal",
          "java.time.chrono",
          "java.time.zone",
          "java.util",
          "java.util.function",
          "java.util.regex",
          "java.util.stream",
          "java.nio.charset",
          "groovy.json");

  private static final Set<String> NOT =
      Set.of(
          "Calendar",
          "GregorianCalendar",
          "Random",
          "ResourceBundle",
          "Scanner",
          "ServiceLoader",
          "SplittableRandom",
          "TimeZone",
          "Timer",
          "TimerTask",
          "Clock",
          "JsonSlurperClassic");

  private static final Set<String> OF_LANG =
      Set.of(
          "Boolean",
          "Byte",
          "CharSequence",
          "Character",
          "Comparable",
          "Double",
          "Enum",
          "Float",
          "Integer",
          "Iterable",
          "Long",
          "Math",
          "Number",
          "Object",
          "Short",
          "StrictMath",
          "String",
          "StringBuffer",
          "StringBuilder",
          "Void");

  private static final Set<String> OTHERS =
      Set.of(
          "groovy.lang.Closure",
          "groovy.lang.GString",
          "groovy.lang.Range",
          "groovy.lang.IntRange",
          "java.nio.ByteBuffer",
          "java.security.MessageDigest",
          "java.util.concurrent.TimeUnit",
          "java.util.zip.CRC32",
          "java.net.URI",
          "java.net.URLEncoder",
          "java.net.URLDecoder");

  /** Methods that are not, of whatever class. */
  private static final Set<String> IMPURE_METHODS =
      Set.of(
          "now",
          "today",
          "currentTimeMillis",
          "nanoTime",
          "getenv",
          "getProperties",
          "random",
          "randomUUID",
          "systemDefault",
          "systemDefaultZone",
          "systemUTC",
          "getDefault",
          "getBoolean",
          "getInteger",
          "shuffle",
          "execute",
          "toURL",
          "openStream",
          "openConnection",
          "newReader",
          "newInputStream",
          "identityHashCode",
          "forName",
          "evaluate");

  private PureClasses() {}

  static boolean isPure(ClassNode type, ModuleNode module) {
    if (ClassHelper.isPrimitiveType(type) || type.isArray() || module.getClasses().contains(type)) {
      return true;
    }
    String name = type.getName();
    String simple = type.getNameWithoutPackage();
    String packageName = type.getPackageName() == null ? "" : type.getPackageName();
    boolean lang = packageName.equals("java.lang");
    return name.startsWith("org.dynocopy.")
        || OTHERS.contains(name)
        || PACKAGES.contains(packageName) && !NOT.contains(simple)
        || lang && (OF_LANG.contains(simple) || simple.matches(".*(Exception|Error)"));
  }

  static boolean isImpure(String method) {
    return IMPURE_METHODS.contains(method);
  }
}
