package io.jenkins.plugins.canarygate.cli;

/** The exit codes as every help text lists them. */
final class ExitCodes {
  static final String HEADING = "%nExit codes:%n";
  static final String C0 = " 0:PASS or WARN, and done as asked";
  static final String C1 =
      " 1:ERROR: no judgement, or a verdict that could not be carried out; also a crash";
  static final String C2 = " 2:the gate file or the flags are wrong; nothing was contacted";
  static final String C10 = "10:FAIL: judged bad, or taken back by the controller";
  static final String C11 = "11:INCONCLUSIVE: not enough evidence";
  static final String C12 = "12:TIMEOUT: the rollout or the evidence did not come in time";
  static final String C13 = "13:SUPERSEDED: another revision took its place";
  static final String C14 = "14:CANCELLED: stopped by SIGTERM or SIGINT";
  static final String C15 = "15:NOT_GATED: landed or ignored without a gate point";

  private ExitCodes() {}
}
