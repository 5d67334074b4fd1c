package io.jenkins.plugins.canarygate.frontend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.evidence.Announcer;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What a gate asks of one kind of source. */
interface SourceWiring {

  /** The names of the checks that ask it. */
  Set<String> checks();

  /** Whether it is asked at all. */
  default boolean asked() {
    return !checks().isEmpty();
  }

  /**
   * Makes it, if it is asked. Nothing is contacted.
   *
   * @param access looked into only for what the source needs
   * @param cluster a client of the cluster, for those that need one
   */
  Made make(Access access, Supplier<KubernetesClient> cluster);

  /** What {@code plan} says of it, with what {@link #make} is given. Nothing is contacted yet. */
  Preflight preflight(Access access, Supplier<KubernetesClient> cluster);

  /**
   * What was made.
   *
   * @param source for all checks that ask it
   * @param announcer tells it of the gate
   * @param needs what the gate will need of it, a line each
   */
  record Made(EvidenceSource source, Optional<Announcer> announcer, List<String> needs) {}

  /** Looks whether all that is needed is there. */
  interface Preflight {

    /**
     * Looks.
     *
     * @param now the front end's clock
     */
    List<Finding> look(Instant now);
  }
}
