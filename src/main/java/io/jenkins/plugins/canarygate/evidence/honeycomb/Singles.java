package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombException.Kind;
import java.util.HashMap;
import java.util.Map;

/** Reads the SLO or trigger that a check names; two checks on one ask once. */
final class Singles {
  private static final String EVERYWHERE = "__all__";

  private final HoneycombClient client;
  private final Map<String, String> values;
  private final Map<String, JsonNode> known = new HashMap<>();

  Singles(HoneycombClient client, Map<String, String> values) {
    this.client = client;
    this.values = values;
  }

  JsonNode read(HoneycombSection section) throws HoneycombException {
    boolean slo = section.slo() != null;
    HoneycombSection.Reference reference = slo ? section.slo() : section.trigger();
    if (reference == null) {
      throw new HoneycombException(
          Kind.INVALID, "the check has neither a query nor an SLO nor a trigger; give one of them");
    }
    String dataset = filled(reference.dataset() == null ? EVERYWHERE : reference.dataset());
    String id = filled(reference.id() == null ? "" : reference.id());
    String key = slo + " " + reference;
    JsonNode body = known.get(key);
    if (body == null) {
      body = slo ? client.slo(dataset, id) : client.trigger(dataset, id);
      known.put(key, body);
    }
    return body;
  }

  private String filled(String text) throws HoneycombException {
    try {
      return Placeholders.fill(text, values);
    } catch (IllegalArgumentException e) {
      throw new HoneycombException(Kind.INVALID, e.getMessage());
    }
  }
}
