package io.jenkins.plugins.canarygate.rollout;

/** What has become of the revision that the gate is for. */
public enum Fate {
  /** The object is not there. */
  ABSENT,
  /** The revision is not there yet: another one is current. */
  UNTOUCHED,
  /** It is being rolled out. */
  UNDER_WAY,
  /** It waits at a later pause than the fence's (rule AR5). */
  ADVANCED,
  /** It is the stable revision (rule AR5). */
  LANDED,
  /** An abort was asked, by whomever, and is not in effect yet. */
  TAKING_BACK,
  /** An abort is in effect (rule AR4). */
  TAKEN_BACK,
  /** It failed, and serves all the same. */
  FAILED_SERVING
}
