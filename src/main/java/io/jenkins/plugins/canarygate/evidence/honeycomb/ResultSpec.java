package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * A query result that a check needs: what may be shared with others, and the calculations it wants
 * of it.
 *
 * @param dataset the dataset
 * @param shared the query without the calculations that can be put together with others'
 * @param calculations those, by the names that their results have; empty if {@code shared} has all
 */
record ResultSpec(String dataset, ObjectNode shared, Map<String, JsonNode> calculations) {

  /** The query with calculations of several checks. */
  ObjectNode query(Collection<JsonNode> all) {
    ObjectNode query = shared.deepCopy();
    if (!all.isEmpty()) {
      ArrayNode list = query.putArray("calculations");
      all.forEach(list::add);
    }
    return query;
  }

  /** The query with its own calculations only. */
  ObjectNode query() {
    return query(calculations.values());
  }

  /** The same text for everything that can be one result: dataset, filters, window and the rest. */
  String group() {
    return dataset + " " + sorted(shared);
  }

  /** A short name of the group, that gives nothing of it away. */
  String groupId() {
    return HoneycombKey.identity(group()).substring(0, 12);
  }

  /** A tree with the fields of its objects in order: two ways to write a query are one. */
  static JsonNode sorted(JsonNode node) {
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> array.add(sorted(item)));
      return array;
    }
    if (node.isObject()) {
      Map<String, JsonNode> fields = new TreeMap<>();
      node.properties().forEach(e -> fields.put(e.getKey(), sorted(e.getValue())));
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      fields.forEach(object::set);
      return object;
    }
    return node;
  }
}
