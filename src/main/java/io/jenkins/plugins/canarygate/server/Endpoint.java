package io.jenkins.plugins.canarygate.server;

/**
 * Answers questions at one path. Called on a thread of the port's pool; it may block for a while.
 */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers. What it throws is answered with 500 and no detail.
   *
   * @param question read whole, within the limits
   */
  Reply answer(Question question);
}
