package io.jenkins.plugins.canarygate.jenkins.config;

import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import java.util.List;

/** Tries connections that are being configured. */
public interface ConnectionTester {
  List<Finding> tryCluster(ClusterSettings cluster, String namespace);

  List<Finding> tryHoneycomb(HoneycombSettings environment);

  List<Finding> tryPrometheus(PrometheusSettings server);
}
