package io.jenkins.plugins.canarygate.gatefile;

import java.util.List;
import java.util.Optional;

/** A value of the gate file, and where it stands. */
sealed interface Node {
  Place place();

  /** What a person would call it. */
  String kindText();

  /** Fields with values, in the order of the file; every key once. */
  record Mapping(List<Field> fields, Place place) implements Node {
    public Mapping {
      fields = List.copyOf(fields);
    }

    Optional<Node> get(String key) {
      return fields.stream().filter(f -> f.key().equals(key)).map(Field::value).findFirst();
    }

    @Override
    public String kindText() {
      return "a mapping";
    }
  }

  /**
   * A field of a mapping.
   *
   * @param place where the key stands
   */
  record Field(String key, Place place, Node value) {}

  record Sequence(List<Node> items, Place place) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kindText() {
      return "a list";
    }
  }

  /**
   * A single value.
   *
   * @param text its text; for a number the very digits of the file
   */
  record Scalar(Kind kind, String text, Place place) implements Node {
    @Override
    public String kindText() {
      return switch (kind) {
        case TEXT, UNRESOLVED -> "text";
        case NUMBER -> "a number";
        case BOOLEAN -> "true or false";
        case NULL -> "empty";
      };
    }
  }

  /** What sort of single value. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL,
    /** A text whose placeholders could not be filled, which has been said already. */
    UNRESOLVED
  }
}
