package io.jenkins.plugins.canarygate.rollout;

/** A driver's own section of the gate file, as its package defines it: which rollout. */
public interface DriverSection {

  /** The controller's word for the object, as {@code Rollout}. */
  String kind();

  /** Where it is. */
  String namespace();

  /** What it is called. */
  String name();

  /** What a gate may ask of its controller. */
  Abilities abilities();
}
