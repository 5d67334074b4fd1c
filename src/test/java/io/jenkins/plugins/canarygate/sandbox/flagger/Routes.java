package io.jenkins.plugins.canarygate.sandbox.flagger;

/**
 * How a mesh or an ingress divides the traffic; the two are percentages that make 100.
 *
 * @param mirrored whether the canary gets a copy of the requests to the primary
 */
public record Routes(int primary, int canary, boolean mirrored) {
  static final Routes AT_FIRST = new Routes(100, 0, false);

  /** What a cluster without a mesh is said to do ({@code router/nop.go}); nothing is done there. */
  static Routes unrouted(int iterations) {
    return iterations > 0 ? new Routes(0, 100, false) : AT_FIRST;
  }
}
