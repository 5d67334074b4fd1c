package io.jenkins.plugins.canarygate.rollout.flagger;

import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a real Flagger 1.44.0 did, one state a line: seconds from the start, phase, weight,
 * iterations, failed checks, the fields of the status, and the images of target and primary.
 */
final class Recording {
  /**
   * One state.
   *
   * @param seconds from the start
   * @param canary the object; empty if it is gone
   * @param target the target's image; empty if it is not there
   * @param primary the primary's image; empty if it is not there
   * @param toZero whether Flagger's node selector keeps the target's pods away
   */
  record State(
      double seconds,
      Optional<ObjectNode> canary,
      Optional<String> target,
      Optional<String> primary,
      boolean toZero) {}

  final List<State> states = new ArrayList<>();
  private ObjectNode spec;

  static Recording of(String name) {
    Recording recording = new Recording();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    Recording.class.getResourceAsStream("recorded/" + name + ".txt"), name),
                StandardCharsets.UTF_8))) {
      String hooks = lines.readLine();
      recording.spec = (ObjectNode) json(lines.readLine().substring("spec ".length()));
      recording.hooks(hooks.substring("hooks ".length()).split(" "));
      lines.lines().forEach(recording::state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return recording;
  }

  private void hooks(String[] types) {
    if (spec.has("analysis")) {
      ArrayNode hooks = ((ObjectNode) spec.get("analysis")).putArray("webhooks");
      for (String type : types) {
        hooks.addObject().put("name", type).put("type", type).put("url", "http://g:8081/" + type);
      }
    }
  }

  String kind() {
    return spec.at("/targetRef/kind").asText();
  }

  String targetName() {
    return spec.at("/targetRef/name").asText();
  }

  private void state(String line) {
    String[] words = line.split(" ");
    double seconds = Double.parseDouble(words[0]);
    if (words[1].equals("gone")) {
      states.add(new State(seconds, Optional.empty(), Optional.empty(), Optional.empty(), false));
      return;
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals > 0) {
        fields.put(words[i].substring(0, equals), words[i].substring(equals + 1));
      } else {
        fields.put(words[i].replaceAll("-?[0-9]+$", ""), words[i].replaceAll("^[a-z]+", ""));
      }
    }
    String[] target = fields.get("target").split(",");
    states.add(
        new State(
            seconds,
            Optional.of(canary(words[1], fields)),
            some(target[0]),
            some(fields.get("primary")),
            target.length > 1));
  }

  private static Optional<String> some(String word) {
    return Optional.of(word).filter(w -> !w.equals("-"));
  }

  private ObjectNode canary(String phase, Map<String, String> fields) {
    ObjectNode canary =
        (ObjectNode)
            json(
                "{'metadata':{'name':'checkout','namespace':'shop','uid':'uid-1','annotations':{}}}");
    ObjectNode live = canary.putObject("spec");
    live.setAll(spec.deepCopy());
    live.put("suspend", fields.containsKey("suspend"))
        .put("skipAnalysis", fields.containsKey("skip"));
    if (fields.containsKey("deleted")) {
      ((ObjectNode) canary.get("metadata")).put("deletionTimestamp", CanaryJson.T1);
    }
    ObjectNode status = canary.putObject("status");
    some(phase).ifPresent(word -> status.put("phase", word));
    status.put("canaryWeight", Integer.parseInt(fields.get("w")));
    status.put("iterations", Integer.parseInt(fields.get("i")));
    status.put("failedChecks", Integer.parseInt(fields.get("f")));
    some(fields.get("applied")).ifPresent(word -> status.put("lastAppliedSpec", word));
    some(fields.get("promoted")).ifPresent(word -> status.put("lastPromotedSpec", word));
    some(fields.get("moved")).ifPresent(word -> status.put("lastTransitionTime", word));
    if (fields.containsKey("configs")) {
      status.set("trackedConfigs", json(fields.get("configs")));
    }
    some(fields.get("since"))
        .ifPresent(
            since ->
                status
                    .putArray("conditions")
                    .addObject()
                    .put("type", "Promoted")
                    .put("reason", fields.getOrDefault("reason", phase))
                    .put("lastUpdateTime", since));
    return canary;
  }
}
