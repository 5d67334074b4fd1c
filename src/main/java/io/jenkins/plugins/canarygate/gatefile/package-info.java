/**
 * Reads the gate file: YAML or JSON in, a {@link io.jenkins.plugins.canarygate.gatefile.Gate} out,
 * or all faults at once with their places.
 */
package io.jenkins.plugins.canarygate.gatefile;
