package io.jenkins.plugins.canarygate.sandbox.flagger;

import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a tick works with.
 *
 * @param routes how the mesh divides the traffic of each Canary
 */
record Parts(
    ObjectStore store,
    InstantSource clock,
    Hooks hooks,
    Statuses statuses,
    Metrics metrics,
    Map<ObjectKey, Routes> routes) {}
