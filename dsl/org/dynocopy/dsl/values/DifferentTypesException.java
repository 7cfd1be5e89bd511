package org.dynocopy.dsl.values;

import org.dynocopy.dsl.values.Data.Kind;

/** Says that values of two types were compared, of which none can ever be equal. */
final class DifferentTypesException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DifferentTypesException(Object a, Object b) {
    super(
        "a value of one type is compared with one of another: "
            + text(a)
            + " with "
            + text(b)
            + ", which are never equal");
  }

  private static String text(Object value) {
    Kind kind = Kind.of(value);
    String type = kind == Kind.OTHER ? value.getClass().getName() : kind.text;
    return type + " (" + Data.shown(value) + ")";
  }
}
