package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Makes JSON with tabs readable for the YAML parser, which takes a tab nowhere between two tokens.
 * In JSON no text holds a bare tab, so each can become a space without moving anything.
 */
final class JsonTabs {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonTabs() {}

  /** The text without tabs if it is JSON, unchanged if it is YAML; empty after a fault. */
  static Optional<String> replaced(String text, Faults faults) {
    if (text.indexOf('\t') < 0 || !text.stripLeading().startsWith("{")) {
      return Optional.of(text);
    }
    try (JsonParser parser = JSON.createParser(text)) {
      while (parser.nextToken() != null) {
        // Reading on is what verifies it.
      }
      return Optional.of(text.replace('\t', ' '));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      Place place = at == null ? Place.NONE : new Place(at.getLineNr(), at.getColumnNr());
      faults.add(
          Path.ROOT, place, "not JSON from here on, and YAML takes no tabs: indent with spaces");
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }
}
