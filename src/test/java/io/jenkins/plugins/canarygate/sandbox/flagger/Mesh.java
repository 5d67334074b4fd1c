package io.jenkins.plugins.canarygate.sandbox.flagger;

import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import java.util.Map;

/** The mesh or ingress of one Canary, where its provider has one ({@code router/}). */
final class Mesh {
  private final Map<ObjectKey, Routes> all;
  private final CanaryView canary;

  Mesh(Map<ObjectKey, Routes> all, CanaryView canary) {
    this.all = all;
    this.canary = canary;
  }

  void reconcile() {
    if (canary.isRouted()) {
      all.putIfAbsent(Statuses.key(canary), Routes.AT_FIRST);
    }
  }

  Routes routes() {
    return canary.isRouted()
        ? all.getOrDefault(Statuses.key(canary), Routes.AT_FIRST)
        : Routes.unrouted(canary.iterations());
  }

  void route(int primary, int weight, boolean mirrored) {
    if (canary.isRouted()) {
      all.put(Statuses.key(canary), new Routes(primary, weight, mirrored));
    }
  }
}
