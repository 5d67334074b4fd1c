package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * An expression of a calculated field: nested calls such as {@code IF(EQUALS($a, "x"), "canary")},
 * columns as {@code $a} or {@code $"a b"}, strings, numbers, booleans and null.
 */
final class Expression {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "IF",
          "EQUALS",
          "AND",
          "OR",
          "NOT",
          "EXISTS",
          "IN",
          "CONTAINS",
          "STARTS_WITH",
          "GT",
          "GTE",
          "LT",
          "LTE",
          "COALESCE",
          "CONCAT");

  private final String text;
  private int at;

  private Expression(String text) {
    this.text = text;
  }

  /** What an expression makes of an event; null is no value. */
  interface Value extends Function<Function<String, Object>, Object> {}

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static Value parse(String text) {
    Expression expression = new Expression(text);
    Value value = expression.value();
    expression.blanks();
    if (expression.at < text.length()) {
      throw expression.wrong("unexpected '" + text.charAt(expression.at) + "'");
    }
    return value;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("unable to parse expression at " + at + ": " + what);
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private Value value() {
    blanks();
    char c = peek();
    if (c == '"' || c == '\'' || c == '`') {
      String constant = string();
      return event -> constant;
    }
    if (c == '$') {
      at++;
      String column = peek() == '"' ? string() : word();
      return event -> event.apply(column);
    }
    String word = word();
    blanks();
    return peek() == '(' ? call(word.toUpperCase(Locale.ROOT)) : constant(word);
  }

  private Value constant(String word) {
    Object value =
        switch (word) {
          case "true" -> Boolean.TRUE;
          case "false" -> Boolean.FALSE;
          case "null" -> null;
          default -> number(word);
        };
    return event -> value;
  }

  private Object number(String word) {
    try {
      return Double.valueOf(word);
    } catch (NumberFormatException e) {
      throw wrong("'" + word + "' is neither a column nor a constant");
    }
  }

  private String string() {
    char quote = text.charAt(at++);
    StringBuilder read = new StringBuilder();
    while (peek() != quote) {
      if (peek() == '\0') {
        throw wrong("the string does not end");
      }
      if (peek() == '\\' && quote != '`') {
        at++;
      }
      read.append(peek());
      at++;
    }
    at++;
    return read.toString();
  }

  private String word() {
    int from = at;
    while (Character.isLetterOrDigit(peek()) || "_.-:/".indexOf(peek()) >= 0 && peek() != '\0') {
      at++;
    }
    if (from == at) {
      throw wrong("a value is missing");
    }
    return text.substring(from, at);
  }

  private Value call(String function) {
    if (!FUNCTIONS.contains(function)) {
      throw wrong("unknown function " + function);
    }
    at++;
    List<Value> arguments = new ArrayList<>();
    blanks();
    while (peek() != ')') {
      arguments.add(value());
      blanks();
      if (peek() == ',') {
        at++;
      } else if (peek() != ')') {
        throw wrong("',' or ')' is missing");
      }
      blanks();
    }
    at++;
    return apply(function, arguments);
  }

  private static Value apply(String function, List<Value> arguments) {
    return switch (function) {
      case "IF" -> event -> branch(arguments, event);
      case "AND" -> event -> arguments.stream().allMatch(a -> isTrue(a.apply(event)));
      case "OR" -> event -> arguments.stream().anyMatch(a -> isTrue(a.apply(event)));
      case "NOT" -> event -> !isTrue(arguments.get(0).apply(event));
      case "EXISTS" -> event -> arguments.get(0).apply(event) != null;
      case "COALESCE" ->
          event ->
              arguments.stream()
                  .map(a -> a.apply(event))
                  .filter(Objects::nonNull)
                  .findFirst()
                  .orElse(null);
      case "CONCAT" ->
          event ->
              String.join("", arguments.stream().map(a -> Values.text(a.apply(event))).toList());
      case "IN" ->
          event ->
              arguments.stream()
                  .skip(1)
                  .anyMatch(a -> Values.same(arguments.get(0).apply(event), a.apply(event)));
      default -> event -> compare(function, arguments, event);
    };
  }

  private static Object branch(List<Value> arguments, Function<String, Object> event) {
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      if (isTrue(arguments.get(i).apply(event))) {
        return arguments.get(i + 1).apply(event);
      }
    }
    return arguments.size() % 2 == 1 ? arguments.get(arguments.size() - 1).apply(event) : null;
  }

  private static boolean compare(
      String function, List<Value> arguments, Function<String, Object> event) {
    Object left = arguments.get(0).apply(event);
    Object right = arguments.get(1).apply(event);
    return switch (function) {
      case "EQUALS" -> Values.same(left, right);
      case "CONTAINS" -> left != null && Values.text(left).contains(Values.text(right));
      case "STARTS_WITH" -> left != null && Values.text(left).startsWith(Values.text(right));
      case "GT" -> Values.order(left, right) > 0;
      case "GTE" -> Values.order(left, right) >= 0;
      case "LT" -> left != null && Values.order(left, right) < 0;
      default -> left != null && Values.order(left, right) <= 0;
    };
  }

  private static boolean isTrue(Object value) {
    return Boolean.TRUE.equals(value);
  }
}
