package io.jenkins.plugins.canarygate.jenkins.gates;

/**
 * One gate of one build.
 *
 * @param build the build, as Jenkins names it outside: {@code shop/checkout#12}
 * @param id the gate within it
 */
public record GateKey(String build, String id) {
  @Override
  public String toString() {
    return build + ", gate " + id;
  }
}
