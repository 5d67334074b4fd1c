package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.NotWhenNamed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table of all fields and their defaults, from the records that read them. */
final class FieldTable {
  private final List<String> rows = new ArrayList<>();
  private final boolean named;

  private FieldTable(Class<?> type) {
    named = type == RawChecks.class;
    rows.add("| field | what it is | default | meaning |");
    rows.add("|---|---|---|---|");
    record(type, "");
  }

  static String text() {
    return text(RawGate.class);
  }

  /** The table of another file's fields. */
  static String text(Class<?> type) {
    return String.join("\n", new FieldTable(type).rows) + "\n";
  }

  private void record(Class<?> type, String path) {
    RecordShape shape = RecordShape.of(type);
    shape.fields().stream().filter(this::shown).forEach(field -> field(field, path));
    shape.brings().ifPresent(role -> Sections.of(role).forEach(s -> section(s, path)));
  }

  private boolean shown(RecordShape.Field field) {
    return !field.hidden() && !(named && field.find(NotWhenNamed.class).isPresent());
  }

  private void field(RecordShape.Field field, String path) {
    String at = path.isEmpty() ? field.name() : path + "." + field.name();
    String meaning = field.description().replace("__all__", "`__all__`");
    rows.add(row(at, kind(field), standard(field), meaning));
    Class<?> inner = field.type();
    if (field.type() == List.class) {
      inner = field.itemType();
      at += field.find(OneOrMany.class).isPresent() ? "" : "[]";
    } else if (field.type() == Map.class) {
      inner = field.itemType();
      at += ".NAME";
    }
    // fail, warn and pass have the same entries, and so have the defaults' samples.
    boolean repeated =
        inner == RawCheck.Entry.class && !field.name().equals("fail")
            || inner == RawCheck.Samples.class && path.endsWith("[]");
    if (inner.isRecord() && ScalarTypes.of(inner).isEmpty() && !repeated) {
      record(inner, at);
    }
  }

  private void section(Sections.Section section, String path) {
    String at = path + "." + section.word();
    String standard = section.role().exactlyOne() ? "required: exactly one" : "none";
    String meaning =
        switch (section.role()) {
          case DRIVER -> "The rollout's controller is this one.";
          case SOURCE, NAMED -> "The check's values come from here.";
          case COHORT -> "The filters that pick out the cohort here.";
          case GATE -> "What this source is told for the whole gate.";
        };
    rows.add(row(at, section.list() ? "list" : "mapping", standard, meaning));
    record(section.type(), section.list() ? at + "[]" : at);
  }

  private static String kind(RecordShape.Field field) {
    if (field.find(Words.class).isPresent()) {
      return "`" + String.join("`, `", field.find(Words.class).get().value()) + "`";
    }
    if (field.type() == List.class) {
      return field.find(OneOrMany.class).isPresent() ? "one or a list" : "list";
    }
    if (field.type() == JsonNode.class || field.type() == Map.class) {
      return "mapping";
    }
    return ScalarTypes.of(field.type())
        .map(ScalarTypes.ScalarType::name)
        .orElseGet(() -> ofRecord(RecordShape.of(field.type())));
  }

  private static String ofRecord(RecordShape shape) {
    return shape
        .alone()
        .map(
            alone ->
                alone
                    .find(Words.class)
                    .map(words -> "`" + String.join("`, `", words.value()) + "`")
                    .orElseGet(() -> kind(alone)))
        .map(alone -> alone + " or mapping")
        .orElse("mapping");
  }

  private static String standard(RecordShape.Field field) {
    if (field.required()) {
      return "required";
    }
    return field
        .defaultValue()
        .map(text -> text.equals("{}") ? "as its fields say" : "`" + text + "`")
        .orElseGet(() -> field.find(Unset.class).map(Unset::value).orElse("none"));
  }

  private static String row(String path, String kind, String standard, String meaning) {
    return "| `" + path + "` | " + kind + " | " + standard + " | " + meaning + " |";
  }
}
