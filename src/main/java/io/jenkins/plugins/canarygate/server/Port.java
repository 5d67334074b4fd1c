package io.jenkins.plugins.canarygate.server;

import java.time.Duration;

/** The two ports of the gate server. */
public enum Port {
  /** For controllers that can carry a token, for probes and for Prometheus. */
  GATE("gate"),
  /** For Flagger's webhooks, which can carry neither a token nor a client certificate. */
  FLAGGER("flagger");

  private static final int NO = 403;
  private final String label;

  Port(String label) {
    this.label = label;
  }

  /** As metrics call it. */
  public String label() {
    return label;
  }

  /**
   * What a request is answered that cannot be answered. Flagger takes all but 200 to 202 for no,
   * and shows the reason of a 403 alone.
   */
  Reply refusal(int status, String reason) {
    return this == FLAGGER ? Reply.text(NO, reason) : Reply.text(status, reason);
  }

  /** What is answered when there is no room for one more. */
  Reply overloaded() {
    return refusal(503, "too many requests at once; ask again").after(Duration.ofSeconds(1));
  }
}
