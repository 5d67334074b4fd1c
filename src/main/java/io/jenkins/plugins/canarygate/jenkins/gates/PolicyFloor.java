package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Reaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What every gate must keep to, whatever its file says.
 *
 * @param countedChecks at least so many checks that count and are not optional
 * @param onFail what may be done on FAIL: ABORT, PAUSE, NONE
 * @param optionalChecks whether a check may be optional
 */
public record PolicyFloor(int countedChecks, Set<Reaction> onFail, boolean optionalChecks) {
  /** Asks nothing beyond what each gate must be. */
  public static final PolicyFloor NONE =
      new PolicyFloor(0, Set.of(Reaction.ABORT, Reaction.PAUSE, Reaction.NONE), true);

  public PolicyFloor {
    onFail = Set.copyOf(onFail);
  }

  /** Where the gate falls short, a line each; empty if it keeps to everything. */
  List<String> shortcomings(GateSpec spec) {
    List<String> lines = new ArrayList<>();
    long counted =
        spec.checks().stream().filter(check -> !check.dryRun() && !check.optional()).count();
    if (counted < countedChecks) {
      lines.add(
          "the administrator asks for at least "
              + countedChecks
              + " checks that count and are not optional, and the gate has "
              + counted
              + "; add checks, or take away dryRun and optional");
    }
    if (!onFail.contains(spec.policy().onFail())) {
      lines.add(
          "the administrator does not permit onFail: "
              + spec.policy().onFail().text()
              + "; permitted: "
              + String.join(", ", onFail.stream().map(Reaction::text).sorted().toList()));
    }
    if (!optionalChecks) {
      spec.checks().stream()
          .filter(Check::optional)
          .map(
              check -> "the administrator permits no optional check, and '" + check.name() + "' is")
          .map(line -> line + " one; take away its optional: true")
          .forEach(lines::add);
    }
    return lines;
  }
}
