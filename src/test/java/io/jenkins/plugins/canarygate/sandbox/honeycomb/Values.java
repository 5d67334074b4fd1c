package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;

/** Values of columns: numbers, strings and booleans. */
final class Values {
  private Values() {}

  static Object of(JsonNode node) {
    if (node.isNumber()) {
      return node.asDouble();
    }
    return node.isBoolean() ? (Object) node.asBoolean() : node.asText();
  }

  static OptionalDouble number(Object value) {
    if (value instanceof Number number) {
      return OptionalDouble.of(number.doubleValue());
    }
    if (value instanceof Boolean yes) {
      return OptionalDouble.of(yes ? 1 : 0);
    }
    return OptionalDouble.empty();
  }

  static String text(Object value) {
    if (value instanceof Double number && number == Math.rint(number)) {
      return Long.toString(number.longValue());
    }
    return value == null ? "" : value.toString();
  }

  static boolean same(Object one, Object other) {
    if (one == null || other == null) {
      return one == other;
    }
    return one instanceof Number && other instanceof Number
        ? ((Number) one).doubleValue() == ((Number) other).doubleValue()
        : text(one).equals(text(other));
  }

  static int order(Object one, Object other) {
    return one instanceof Number && other instanceof Number
        ? Double.compare(((Number) one).doubleValue(), ((Number) other).doubleValue())
        : text(one).compareTo(text(other));
  }
}
