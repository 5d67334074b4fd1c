package io.jenkins.plugins.canarygate.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** A session as JSON, and back. Unknown fields are passed over, so that older forms load. */
public final class SessionJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private SessionJson() {}

  public static String write(GateSession session) {
    try {
      return MAPPER.writeValueAsString(session);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a session could not be written as JSON", e);
    }
  }

  /**
   * Reads a session.
   *
   * @throws IllegalArgumentException if it is none, or of a form newer than this code; the message
   *     says what to do
   */
  public static GateSession read(String json) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      JsonNode version = tree == null ? null : tree.get("version");
      if (version == null || !version.isInt() || version.intValue() < 1) {
        throw new IllegalArgumentException(
            "this is no saved session of a gate; name another file, or remove it to begin anew");
      }
      if (version.intValue() > GateSession.VERSION) {
        throw new IllegalArgumentException(
            "the session was saved by a newer version (form "
                + version.intValue()
                + ", known up to "
                + GateSession.VERSION
                + "); go on with that version");
      }
      return MAPPER.treeToValue(tree, GateSession.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the saved session cannot be read ("
              + e.getOriginalMessage()
              + "); remove the file to begin anew",
          e);
    }
  }
}
