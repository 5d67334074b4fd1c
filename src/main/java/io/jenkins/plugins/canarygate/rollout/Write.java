package io.jenkins.plugins.canarygate.rollout;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One atomic request to the API server.
 *
 * @param what the driver's word for it, unique among the writes of one action: {@code promote},
 *     {@code lift}
 * @param text what a report says of it
 * @param body a merge patch that carries the resourceVersion of the look it is based on
 * @param subresource {@code status}, or empty for the object itself
 */
public record Write(String what, String text, JsonNode body, String subresource) {
  /** What a write is called that keeps an earlier one of its action from running out. */
  public static final String RENEW = "renew";

  /** What a write is called that takes away what its action left, once that is of no more use. */
  public static final String WITHDRAW = "withdraw";

  /**
   * Whether a write of this name only looks after an earlier one: what becomes of it never decides
   * what becomes of the action.
   */
  public static boolean isUpkeep(String what) {
    return what.equals(RENEW) || what.equals(WITHDRAW);
  }
}
