package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Flagger's hashes: the same where Flagger's are the same and others where they are others. The
 * real ones hash a dump of Go's, which changes from version to version.
 */
final class Checksums {
  private Checksums() {}

  /** What a webhook is told of the revision. */
  static String of(CanaryView canary) {
    JsonNode configs = canary.trackedConfigs();
    ObjectNode fields = Json.object();
    fields.set("trackedConfigs", configs.isMissingNode() ? NullNode.getInstance() : configs);
    fields.put("lastAppliedSpec", canary.lastApplied());
    return Hashes.of(fields);
  }

  /** Of what a ConfigMap or Secret holds. */
  static String ofData(JsonNode data) {
    try {
      byte[] bytes = Hashes.of(data).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
