package io.jenkins.plugins.canarygate.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.canarygate.host.WatchConnector.Events;
import io.jenkins.plugins.canarygate.host.WatchConnector.WatchFailure;
import java.io.IOException;
import java.util.Optional;

/** Reads the stream of one watch for its objects, whole. */
final class ObjectLines extends EventLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Takes what an event says. */
  interface Sink {
    void put(JsonNode object);

    void remove(JsonNode object);

    /** Nothing has changed up to now. */
    void bookmark();
  }

  private final Sink sink;
  private final Events events;

  ObjectLines(Sink sink, Events events) {
    this.sink = sink;
    this.events = events;
  }

  @Override
  Optional<WatchFailure> event(byte[] line) {
    JsonNode event;
    try {
      event = JSON.readTree(line);
    } catch (IOException noEvent) {
      return Optional.of(WatchFailure.lost());
    }
    if (event == null || event.isMissingNode()) {
      // An empty line keeps a connection alive.
      return Optional.empty();
    }
    JsonNode object = event.path("object");
    JsonNode metadata = object.path("metadata");
    switch (event.path("type").asText("")) {
      case "ADDED", "MODIFIED" -> sink.put(object);
      case "DELETED" -> sink.remove(object);
      case "BOOKMARK" -> sink.bookmark();
      case "ERROR" -> {
        return Optional.of(
            error(
                object.path("code").asInt(),
                object.path("details").path("retryAfterSeconds").asInt()));
      }
      default -> {
        // None that we know.
      }
    }
    if (metadata.hasNonNull("resourceVersion")) {
      events.at(metadata.path("resourceVersion").asText());
    }
    return Optional.empty();
  }
}
