package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.rollout.Abilities;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.DriverSection;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which rollout, which revision and which point of it (rules R1 and R3). */
final class RolloutReader {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final Pattern IMAGE = Pattern.compile("\\S{1,1024}");

  private final RawGate.Spec raw;
  private final Scope spec;
  private final Scope rollout;

  RolloutReader(RawGate.Spec raw, Scope spec) {
    this.raw = raw;
    this.spec = spec;
    this.rollout = spec.field("rollout");
  }

  /** The driver's section. */
  Optional<DriverSection> section() {
    return Optional.ofNullable(raw.rollout()).flatMap(r -> r.driver().get(DriverSection.class));
  }

  /** The rollout; empty where what is wrong leaves none. */
  Optional<Target> read() {
    if (raw.rollout() == null) {
      return Optional.empty();
    }
    rollout.field("cluster").oneLine(raw.rollout().cluster());
    RevisionAsked revision = revision();
    At at = at();
    return section()
        .map(
            driver -> {
              Scope section = rollout.field(word());
              matches(
                  driver.namespace(),
                  LABEL,
                  section.field("namespace"),
                  "no name of a namespace: small letters, digits and -");
              matches(
                  driver.name(),
                  NAME,
                  section.field("name"),
                  "no name of a Kubernetes object: small letters, digits, - and .");
              return new Target(
                  driver.kind(),
                  Optional.ofNullable(raw.rollout().cluster()),
                  driver.namespace(),
                  driver.name(),
                  revision,
                  at);
            });
  }

  private String word() {
    return raw.rollout().driver().byWord().keySet().iterator().next();
  }

  private RevisionAsked revision() {
    RawRollout.Revision revision = raw.rollout().revision();
    if (revision == null || revision.word() != null) {
      return RevisionAsked.any();
    }
    Scope at = rollout.field("revision");
    matches(revision.image(), IMAGE, at.field("image"), "no image: it is blank or has a space");
    matches(revision.container(), LABEL, at.field("container"), "no name of a container");
    return new RevisionAsked(
        Optional.ofNullable(revision.image()), Optional.ofNullable(revision.container()));
  }

  private static void matches(String text, Pattern pattern, Scope at, String problem) {
    if (text != null && !pattern.matcher(text).matches()) {
      at.fault(problem);
    }
  }

  /** The point that the gate stands at. */
  At at() {
    RawRollout.At at = raw.at();
    Scope scope = spec.field("at");
    At standard = section().map(section -> section.abilities().standard()).orElse(At.nextPause());
    if (at == null) {
      return standard;
    }
    if (scope.given("pause") && scope.given("step")) {
      scope.field("step").fault("stands beside pause: give one of them");
    }
    At point = point(at, standard);
    At asked = Boolean.TRUE.equals(at.hold()) ? point.held() : point;
    section().ifPresent(section -> possible(asked, section.abilities(), scope));
    return asked;
  }

  private void possible(At asked, Abilities abilities, Scope scope) {
    if (!abilities.points().containsKey(asked.kind())) {
      scope.fault(
          "a gate on "
              + word()
              + " cannot stand at "
              + asked
              + "; leave it out for "
              + abilities.standard());
    } else if (asked.hold() && !abilities.holds()) {
      scope.field("hold").fault("a gate on " + word() + " has no pause to hold: leave it out");
    }
  }

  private static At point(RawRollout.At at, At standard) {
    if (at.word() != null) {
      return at.word().equals("promotion") ? At.promotion() : At.progressing();
    }
    if (at.step() != null) {
      return At.step(at.step());
    }
    if (at.pause() == null) {
      return standard;
    }
    return at.pause().equals("each") ? At.eachPause() : At.nextPause();
  }
}
