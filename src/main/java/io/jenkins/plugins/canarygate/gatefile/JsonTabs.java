package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Reads JSON with tabs, although the YAML parser takes a tab nowhere between two tokens. In JSON no
 * text holds a bare tab, so each can become a space without moving anything.
 */
final class JsonTabs {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonTabs() {}

  /** The tree of a text that is YAML or JSON; empty after a fault that leaves none. */
  static Optional<Node> read(String text, Faults faults) {
    if (text.indexOf('\t') < 0 || !text.stripLeading().startsWith("{")) {
      return YamlTree.read(text, faults);
    }
    Optional<Place> notJson = firstNotJson(text);
    if (notJson.isEmpty()) {
      return YamlTree.read(text.replace('\t', ' '), faults);
    }
    Faults yaml = new Faults();
    Optional<Node> tree = YamlTree.read(text, yaml);
    if (tree.isPresent()) {
      faults.addAll(yaml);
    } else {
      faults.add(
          Path.ROOT,
          notJson.get(),
          "not JSON from here on, and YAML takes no tabs: indent with spaces");
    }
    return tree;
  }

  private static Optional<Place> firstNotJson(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      while (parser.nextToken() != null) {
        // Reading on is what verifies it.
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(new Place(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }
}
