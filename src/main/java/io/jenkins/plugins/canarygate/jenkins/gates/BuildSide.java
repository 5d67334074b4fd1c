package io.jenkins.plugins.canarygate.jenkins.gates;

import java.io.PrintStream;
import java.nio.file.Path;

/** A gate's step in its build. Its methods are called on threads of the gates, never Pipeline's. */
public interface BuildSide {

  /** How the build stands towards acting. */
  enum Standing {
    /** The build runs and waits for this gate. */
    WAITING,
    /** Nothing may be begun just now, as while Jenkins quiets down. */
    NOT_NOW,
    /** The build, or its step, is over or deleted: nobody waits for this gate. */
    GONE
  }

  /** The full name of the job, as {@code shop/checkout}. */
  String job();

  /** The gate's own folder in the build's, {@code canary-gate/<id>}. It is made by the gate. */
  Path folder();

  /** The credentials that this build may use. */
  KeyRing keys();

  /** The gate uses one of the administrator's credentials, and that is to be seen of it. */
  void uses(String credentialsId);

  /** The build's log. */
  PrintStream log();

  /** Looked up anew at each call. */
  Standing standing();

  /** The gate is being begun, or gone on with. */
  void begun();

  /** What became of the gate; the reports are in its folder. May come after {@link #ended}. */
  void reported(GateEnd end);

  /**
   * The step ends; called once.
   *
   * @param archive whether the reports are to be put into the workspace as well
   */
  void ended(GateEnd end, boolean archive);
}
