package io.jenkins.plugins.canarygate.jenkins.gates;

/** The gates of one Jenkins controller. */
public final class ControllerGates {}
