package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a piece of a gate file that another front end was given as text. */
public final class Fragment {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fragment() {}

  /**
   * Reads YAML or JSON, as a gate file is read.
   *
   * @param text the piece, as {@code {pause: each}}
   * @param name what messages call it, as {@code canaryGate at}
   * @return a map, a list, a text, a number or a truth, for {@link GateFile#read(java.util.Map,
   *     String, java.util.Map)}
   * @throws GateFileException with everything that is wrong
   */
  public static Object read(String text, String name) throws GateFileException {
    Faults faults = new Faults();
    Optional<Node> tree =
        FileText.of(text.getBytes(StandardCharsets.UTF_8), faults)
            .flatMap(whole -> JsonTabs.read(whole, faults));
    if (faults.any() || tree.isEmpty()) {
      throw new GateFileException(name, faults.sorted());
    }
    try {
      return JSON.treeToValue(JsonTree.of(tree.get()), Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON is always a value", e);
    }
  }
}
