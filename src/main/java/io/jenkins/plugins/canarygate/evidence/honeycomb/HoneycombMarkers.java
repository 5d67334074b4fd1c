package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.evidence.Announcer;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A marker on Honeycomb's plots, from the start of a gate to its verdict. */
public final class HoneycombMarkers implements Announcer {
  private static final Pattern TICKET = Pattern.compile("h1 ([\\w-]+) (\\d{1,11})");
  private static final String TYPE = "deploy";
  private static final String EVERYWHERE = "__all__";

  private final HoneycombClient client;
  private final String type;
  private final String dataset;

  /**
   * @param marker what the gate file says of it
   */
  public HoneycombMarkers(HoneycombClient client, HoneycombGateSection.Marker marker) {
    this.client = client;
    this.type = marker.type() == null ? TYPE : marker.type();
    this.dataset = marker.dataset() == null ? EVERYWHERE : marker.dataset();
  }

  @Override
  public Optional<String> open(String message, Instant at) throws AnnounceException {
    try {
      String id = client.createMarker(dataset, marker(message, at.getEpochSecond()));
      return Optional.of("h1 " + id + " " + at.getEpochSecond());
    } catch (HoneycombException e) {
      throw new AnnounceException(e.getMessage());
    }
  }

  @Override
  public void close(String ticket, String message, Instant at) throws AnnounceException {
    Matcher parts = TICKET.matcher(ticket);
    if (!parts.matches()) {
      throw new AnnounceException("what was kept of Honeycomb's marker is not understood");
    }
    long start = Long.parseLong(parts.group(2));
    // A field that is left out is erased, so all of them are sent again.
    ObjectNode marker =
        marker(message, start).put("end_time", Math.max(start, at.getEpochSecond()));
    try {
      client.updateMarker(dataset, parts.group(1), marker);
    } catch (HoneycombException e) {
      throw new AnnounceException(e.getMessage());
    }
  }

  private ObjectNode marker(String message, long start) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("start_time", start)
        .put("message", message)
        .put("type", type);
  }
}
