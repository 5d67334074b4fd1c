package io.jenkins.plugins.canarygate.host;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.canarygate.host.WatchConnector.Events;
import io.jenkins.plugins.canarygate.host.WatchConnector.WatchFailure;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads the stream of one watch for its names: of an object it takes the name and the
 * resourceVersion and builds nothing of the rest, however large it is.
 */
final class WatchLines extends EventLines {
  private static final JsonFactory JSON = new JsonFactory();

  private final Events events;

  WatchLines(Events events) {
    this.events = events;
  }

  @Override
  Optional<WatchFailure> event(byte[] line) {
    Event event = new Event();
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() == null) {
        // An empty line keeps a connection alive.
        return Optional.empty();
      }
      event.read(parser);
    } catch (IOException noEvent) {
      return Optional.of(WatchFailure.lost());
    }
    if ("ERROR".equals(event.type)) {
      return Optional.of(error(event.code, event.retryAfter));
    }
    if (event.resourceVersion != null) {
      events.at(event.resourceVersion);
    }
    if (event.name != null && !"BOOKMARK".equals(event.type)) {
      events.changed(event.namespace, event.name);
    }
    return Optional.empty();
  }

  /** What matters of a line. */
  private static final class Event {
    private String type;
    private String namespace = "";
    private String name;
    private String resourceVersion;
    private int code;
    private int retryAfter;

    private void read(JsonParser parser) throws IOException {
      fields(
          parser,
          field -> {
            switch (field) {
              case "type" -> type = parser.getValueAsString();
              case "object" -> fields(parser, inObject -> object(parser, inObject));
              default -> parser.skipChildren();
            }
          });
    }

    private void object(JsonParser parser, String field) throws IOException {
      switch (field) {
        case "metadata" -> fields(parser, inMetadata -> metadata(parser, inMetadata));
        case "code" -> code = parser.getValueAsInt();
        case "details" -> fields(parser, inDetails -> details(parser, inDetails));
        default -> parser.skipChildren();
      }
    }

    private void metadata(JsonParser parser, String field) throws IOException {
      switch (field) {
        case "namespace" -> namespace = parser.getValueAsString();
        case "name" -> name = parser.getValueAsString();
        case "resourceVersion" -> resourceVersion = parser.getValueAsString();
        default -> parser.skipChildren();
      }
    }

    private void details(JsonParser parser, String field) throws IOException {
      if (field.equals("retryAfterSeconds")) {
        retryAfter = parser.getValueAsInt();
      } else {
        parser.skipChildren();
      }
    }

    private interface Field {
      void read(String name) throws IOException;
    }

    // The parser stands on a value; where that is no object, nothing is taken from it.
    private static void fields(JsonParser parser, Field each) throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        each.read(name);
      }
    }
  }
}
