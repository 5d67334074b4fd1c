package io.jenkins.plugins.canarygate.jenkins.gates;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A gate that nobody can go on with: it did nothing more, and an administrator is told.
 *
 * @param build see {@link GateKey#build}
 * @param id see {@link GateKey#id}
 * @param gate the gate's name; empty where it had not been read
 * @param rollout what it was for, as {@code Rollout shop/checkout}; may be empty
 * @param why one line: what it was doing, and what may stand
 * @param at when that was found, ISO 8601
 */
public record Abandoned(
    String build, String id, String gate, String rollout, String why, String at) {
  @JsonIgnore
  public GateKey key() {
    return new GateKey(build, id);
  }
}
