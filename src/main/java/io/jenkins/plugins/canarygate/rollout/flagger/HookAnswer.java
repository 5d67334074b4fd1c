package io.jenkins.plugins.canarygate.rollout.flagger;

/**
 * What Flagger is told: status 200 for yes, 403 for no, never anything between (facts: 203 and 204
 * are a no to Flagger as well).
 *
 * @param yes the answer; to {@link Hook#ROLLBACK} a yes rolls back
 * @param reason why, in one line without a secret: the body
 */
public record HookAnswer(boolean yes, String reason) {
  static HookAnswer yes(String reason) {
    return new HookAnswer(true, reason);
  }

  static HookAnswer no(String reason) {
    return new HookAnswer(false, reason);
  }
}
