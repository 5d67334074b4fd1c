/**
 * The gates of one Jenkins controller, without a Jenkins type: what is read from builds and
 * configuration comes in as plain values, what a build is told goes out through {@link
 * io.jenkins.plugins.canarygate.jenkins.gates.BuildSide}.
 */
package io.jenkins.plugins.canarygate.jenkins.gates;
