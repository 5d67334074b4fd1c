package io.jenkins.plugins.canarygate.server.checks;

import java.time.Duration;

/** What a question about a check is answered. */
sealed interface Answered {

  /** There is evidence. */
  record Evidence(CheckKey key, Value value, Duration age) implements Answered {}

  /**
   * There is none.
   *
   * @param why one line without a secret
   * @param askAgain when there may be some
   */
  record NoEvidence(CheckKey key, String why, Duration askAgain) implements Answered {}
}
