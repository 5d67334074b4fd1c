package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** A part of the gate file as JSON, for what a source hands on as it is. */
final class JsonTree {
  private static final JsonNodeFactory JSON = new JsonNodeFactory(true);

  private JsonTree() {}

  static JsonNode of(Node node) {
    if (node instanceof Node.Mapping mapping) {
      ObjectNode object = JSON.objectNode();
      mapping.fields().forEach(field -> object.set(field.key(), of(field.value())));
      return object;
    }
    if (node instanceof Node.Sequence sequence) {
      ArrayNode array = JSON.arrayNode();
      sequence.items().forEach(item -> array.add(of(item)));
      return array;
    }
    return of((Node.Scalar) node);
  }

  private static JsonNode of(Node.Scalar scalar) {
    return switch (scalar.kind()) {
      case TEXT, UNRESOLVED -> JSON.textNode(scalar.text());
      case BOOLEAN -> JSON.booleanNode(Boolean.parseBoolean(scalar.text()));
      case NULL -> JSON.nullNode();
      case NUMBER -> number(new BigDecimal(scalar.text()));
    };
  }

  private static JsonNode number(BigDecimal number) {
    // A scale of 0 means digits only: then there is no point and no exponent to keep.
    if (number.scale() != 0) {
      return JSON.numberNode(number);
    }
    BigInteger whole = number.toBigInteger();
    if (whole.bitLength() < Integer.SIZE) {
      return JSON.numberNode(whole.intValue());
    }
    return whole.bitLength() < Long.SIZE
        ? JSON.numberNode(whole.longValue())
        : JSON.numberNode(whole);
  }
}
