package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.databind.JsonNode;

/** What a write demands of the object it is for. */
final class Preconditions {
  private Preconditions() {}

  /**
   * Compares a demanded uid and resourceVersion with the live object.
   *
   * @throws ApiError 409 if the live object is another
   */
  static void check(Stored live, JsonNode demanded) {
    String uid = demanded.path("uid").asText("");
    if (!uid.isEmpty() && !uid.equals(live.uid())) {
      throw ApiError.otherUid(live.key(), uid, live.uid());
    }
    String version = demanded.path("resourceVersion").asText("");
    if (!version.isEmpty() && !version.equals(Long.toString(live.version()))) {
      throw ApiError.conflict(live.key());
    }
  }
}
