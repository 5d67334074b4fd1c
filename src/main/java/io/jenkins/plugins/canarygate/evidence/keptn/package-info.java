/**
 * Evidence from Keptn's metrics-operator: KeptnMetrics, and Analyses that a gate creates or finds.
 */
package io.jenkins.plugins.canarygate.evidence.keptn;
