package io.jenkins.plugins.canarygate.server.checks;

import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.gatefile.NamedCheck;

/** Where values come from. */
@FunctionalInterface
public interface CheckSources extends AutoCloseable {

  /**
   * The source of one check with its arguments put in. Nothing is contacted yet.
   *
   * @throws RuntimeException if it cannot be made, as where there is no key; the message is one
   *     line without a secret
   */
  EvidenceSource source(NamedCheck.Asked asked);

  /** Nothing is asked any more. */
  @Override
  default void close() {}
}
