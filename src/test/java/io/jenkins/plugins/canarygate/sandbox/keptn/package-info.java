/** Keptn's metrics-operator over the simulated cluster, as its code has it (v2.1.0). */
package io.jenkins.plugins.canarygate.sandbox.keptn;
