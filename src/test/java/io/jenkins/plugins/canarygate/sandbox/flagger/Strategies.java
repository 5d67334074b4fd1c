package io.jenkins.plugins.canarygate.sandbox.flagger;

/** How a good canary goes on, by the kind of its analysis (scheduler.go). */
final class Strategies {
  private final Hooks hooks;
  private final Statuses statuses;
  private final CanaryView canary;
  private final Workload workload;
  private final Mesh mesh;

  Strategies(Parts parts, CanaryView canary, Workload workload, Mesh mesh) {
    this.hooks = parts.hooks();
    this.statuses = parts.statuses();
    this.canary = canary;
    this.workload = workload;
    this.mesh = mesh;
  }

  void advance(Routes routes) {
    if (!canary.isRouted()) {
      demandBlueGreen();
    }
    if (canary.isAbTest()) {
      abTest();
    } else if (canary.isBlueGreen()) {
      blueGreen(routes);
    } else if (canary.nextStep(routes.canary()) > 0) {
      boolean asks =
          !routes.mirrored()
              && !canary.isIn(Phase.PROMOTING, Phase.WAITING_PROMOTION, Phase.FINALISING);
      if (!asks || hooks.confirmTrafficIncrease(canary)) {
        weighted(routes);
      }
    }
  }

  /** Without a mesh there is nothing else; the copy at hand is changed, and no other. */
  private void demandBlueGreen() {
    var analysis = canary.object().withObject("/spec/analysis");
    if (!canary.analysis().path("match").isEmpty()) {
      hooks.warn(canary, "A/B testing is not supported when using the kubernetes provider");
      analysis.remove("match");
    }
    if (canary.plannedIterations() < 1) {
      hooks.warn(canary, "Progressive traffic is not supported when using the kubernetes provider");
      hooks.warn(canary, "Setting canaryAnalysis.iterations: 10");
      analysis.put("iterations", 10);
    }
  }

  private void weighted(Routes routes) {
    int weight = routes.canary();
    if (weight >= canary.maxWeight()) {
      if (hooks.confirmPromotion(canary)) {
        promote();
      }
      return;
    }
    int step = canary.nextStep(weight);
    if (canary.isMirroring() && weight == 0 && !routes.mirrored()) {
      mesh.route(100, 0, true);
    } else if (canary.isMirroring() && weight == 0) {
      weight = step;
      mesh.route(100 - step, step, false);
    } else {
      weight = Math.min(100, weight + step);
      mesh.route(Math.max(0, routes.primary() - step), weight, routes.mirrored());
    }
    statuses.weight(canary, weight);
    hooks.info(canary, "Advance %s canary weight %d", canary.label(), weight);
  }

  private void abTest() {
    if (canary.plannedIterations() > canary.iterations()) {
      mesh.route(0, 100, false);
      nextIteration();
      return;
    }
    if (hooks.confirmPromotion(canary) && canary.plannedIterations() == canary.iterations()) {
      promote();
    }
  }

  private void blueGreen(Routes routes) {
    if (canary.plannedIterations() > canary.iterations()) {
      if (canary.isRouted() && canary.isMirroring() && !routes.mirrored()) {
        mesh.route(100, 0, true);
      }
      nextIteration();
      return;
    }
    if (!hooks.confirmPromotion(canary)) {
      return;
    }
    if (canary.plannedIterations() < canary.iterations()) {
      promote();
      return;
    }
    if (canary.isRouted()) {
      hooks.info(
          canary,
          canary.isMirroring()
              ? "Stop traffic mirroring and route all traffic to canary"
              : "Routing all traffic to canary");
      mesh.route(0, 100, false);
    }
    statuses.iterations(canary, canary.iterations() + 1);
  }

  private void nextIteration() {
    int next = canary.iterations() + 1;
    statuses.iterations(canary, next);
    hooks.info(
        canary,
        "Advance %s canary iteration %d/%d",
        canary.label(),
        next,
        canary.plannedIterations());
  }

  private void promote() {
    hooks.info(
        canary,
        "Copying %s template spec to %s-primary.%s",
        canary.targetLabel(),
        canary.target(),
        canary.namespace());
    workload.promote(canary);
    statuses.phase(canary, Phase.PROMOTING);
  }

  /** The primary has the new revision: the traffic goes back to it. */
  void shiftBack(Routes routes) {
    if (!canary.isRouted()) {
      statuses.phase(canary, Phase.FINALISING);
    } else if (canary.promotionStep() == 0) {
      hooks.info(canary, "Routing all traffic to primary");
      mesh.route(100, 0, false);
      statuses.phase(canary, Phase.FINALISING);
    } else if (routes.canary() > 0) {
      int primary = Math.min(100, routes.primary() + canary.promotionStep());
      int weight = Math.max(0, routes.canary() - canary.promotionStep());
      mesh.route(primary, weight, false);
      hooks.info(canary, "Advance %s primary weight %d", canary.label(), primary);
      if (primary == 100) {
        statuses.phase(canary, Phase.FINALISING);
      } else {
        statuses.weight(canary, weight);
      }
    }
  }
}
