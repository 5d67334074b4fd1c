package io.jenkins.plugins.canarygate.gatefile;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Composes the tree of a YAML or JSON text from the parser's events. Only JSON's words and numbers
 * are anything but text, so {@code yes}, {@code on} and {@code <<} stay what they look like.
 */
final class YamlTree {
  /** A gate file needs about ten. */
  static final int DEEPEST = 50;

  private static final int LONGEST_NUMBER = 40;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");
  private static final Pattern HUGE_EXPONENT = Pattern.compile(".*[eE][-+]?[0-9]{4,}");

  private static final Pattern UNQUOTED_CRITERION = Pattern.compile(":\\s*>=?\\s*[0-9]");

  private final Faults faults;
  private final Iterator<Event> events;
  private final boolean blank;

  private YamlTree(String text, Faults faults) {
    this.faults = faults;
    this.blank = text.isBlank();
    LoadSettings settings =
        LoadSettings.builder()
            .setParseComments(false)
            .setUseMarks(true)
            .setCodePointLimit(FileText.MOST_BYTES)
            .build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /** Ends reading; what is wrong has been noted. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable() {
      super(null, null, false, false);
    }
  }

  /**
   * The tree; empty after a fault that leaves none. Other faults are noted, and reading goes on.
   */
  static Optional<Node> read(String text, Faults faults) {
    try {
      return new YamlTree(text, faults).document();
    } catch (Unreadable e) {
      return Optional.empty();
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().map(YamlTree::place).orElse(Place.NONE);
      faults.add(Path.ROOT, place, "neither YAML nor JSON: " + problem(e, text, place));
      return Optional.empty();
    } catch (RuntimeException e) {
      // Whatever else a parser stumbles over, the file is to blame.
      faults.add(Path.ROOT, Place.NONE, "neither YAML nor JSON");
      return Optional.empty();
    }
  }

  private static String problem(MarkedYamlEngineException e, String text, Place place) {
    String problem = Path.shown(e.getProblem().replaceFirst(" \\(Do not use.*", ""));
    String line = text.lines().skip(Math.max(0, place.line() - 1L)).findFirst().orElse("");
    return UNQUOTED_CRITERION.matcher(line).find()
        ? problem + "; a criterion needs quotes, as \"> 1%\""
        : problem;
  }

  private Optional<Node> document() {
    events.next();
    Event first = events.next();
    if (!(first instanceof DocumentStartEvent)) {
      faults.add(
          Path.ROOT,
          Place.NONE,
          (blank ? "the file is empty" : "the file holds nothing but comments")
              + "; see docs/gate-file.md for an example");
      return Optional.empty();
    }
    Node root = node(events.next(), Path.ROOT, 0);
    events.next();
    if (events.next() instanceof DocumentStartEvent second) {
      throw refused(Path.ROOT, place(second), "a gate file is one document: put others elsewhere");
    }
    return Optional.of(root);
  }

  private Node node(Event event, String path, int depth) {
    Place place = place(event);
    if (event instanceof AliasEvent) {
      throw refused(path, place, "an alias (*) cannot be used: write the value out");
    }
    if (((NodeEvent) event).getAnchor().isPresent()) {
      throw refused(path, place, "an anchor (&) cannot be used: write the value out");
    }
    if (depth > DEEPEST) {
      throw refused(
          Path.ROOT,
          place,
          "nested more than "
              + DEEPEST
              + " deep, which no gate file is: look for a bracket too"
              + " many");
    }
    if (event instanceof MappingStartEvent start) {
      tag(start.getTag(), path, place);
      return mapping(place, path, depth);
    }
    if (event instanceof SequenceStartEvent start) {
      tag(start.getTag(), path, place);
      return sequence(place, path, depth);
    }
    return scalar((ScalarEvent) event, path, place);
  }

  private Node sequence(Place place, String path, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event e = events.next(); e instanceof NodeEvent; e = events.next()) {
      items.add(node(e, Path.item(path, items.size()), depth + 1));
    }
    return new Node.Sequence(items, place);
  }

  private Node mapping(Place place, String path, int depth) {
    Map<String, Node.Field> fields = new LinkedHashMap<>();
    for (Event e = events.next(); e instanceof NodeEvent; e = events.next()) {
      Place at = place(e);
      Node key = node(e, path, depth + 1);
      if (!(key instanceof Node.Scalar name)) {
        throw refused(path, at, "a key must be a word, not " + key.kindText());
      }
      String child = Path.field(path, name.text());
      Node value = node(events.next(), child, depth + 1);
      Node.Field before = fields.putIfAbsent(name.text(), new Node.Field(name.text(), at, value));
      if (before != null) {
        faults.add(child, at, "given twice, first in line " + before.place().line() + ": keep one");
      }
    }
    return new Node.Mapping(List.copyOf(fields.values()), place);
  }

  private Node scalar(ScalarEvent event, String path, Place place) {
    tag(event.getTag(), path, place);
    String text = event.getValue();
    if (!text.codePoints().allMatch(FileText::isOrdinary)) {
      faults.add(path, place, "holds a control character");
      return new Node.Scalar(Node.Kind.UNRESOLVED, "", place);
    }
    Node.Kind kind = event.isPlain() ? plain(text) : Node.Kind.TEXT;
    if (kind == Node.Kind.NUMBER && tooLarge(text)) {
      faults.add(path, place, "no number that could be reckoned with");
      return new Node.Scalar(Node.Kind.UNRESOLVED, "", place);
    }
    return new Node.Scalar(kind, text, place);
  }

  private static Node.Kind plain(String text) {
    return switch (text) {
      case "", "null" -> Node.Kind.NULL;
      case "true", "false" -> Node.Kind.BOOLEAN;
      default -> NUMBER.matcher(text).matches() ? Node.Kind.NUMBER : Node.Kind.TEXT;
    };
  }

  private static boolean tooLarge(String number) {
    return number.length() > LONGEST_NUMBER
        || HUGE_EXPONENT.matcher(number).matches()
        || Double.isInfinite(Double.parseDouble(number));
  }

  private void tag(Optional<String> tag, String path, Place place) {
    if (tag.isPresent()) {
      faults.add(path, place, "a tag (!) cannot be used: leave it out");
    }
  }

  private Unreadable refused(String path, Place place, String message) {
    faults.add(path, place, message);
    return new Unreadable();
  }

  private static Place place(Event event) {
    return event.getStartMark().map(YamlTree::place).orElse(Place.NONE);
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
