package io.jenkins.plugins.canarygate.evidence.keptn;

import io.jenkins.plugins.canarygate.evidence.EvidenceSource.Preparation;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Analysis;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out before anything is measured whether what the checks ask can be answered (rule C3): an
 * Analysis by a definition that is not there would wait for ever, and one that lacks an argument
 * would ask for {@code <no value>}.
 */
final class Trial {
  private final KeptnApi api;
  private final KeptnGate gate;

  Trial(KeptnApi api, KeptnGate gate) {
    this.api = api;
    this.gate = gate;
  }

  /** The namespaces that Analyses are created in. */
  Set<String> namespaces() {
    Set<String> namespaces = new LinkedHashSet<>();
    gate.sections()
        .forEach(
            (check, section) ->
                created(section).ifPresent(asked -> namespaces.add(asked.namespace())));
    return namespaces;
  }

  Preparation run() {
    List<String> refused = new ArrayList<>();
    List<String> again = new ArrayList<>();
    try {
      api.version();
    } catch (KeptnException e) {
      (e.kind() == KeptnException.Kind.TRANSIENT ? again : refused).add(e.getMessage());
      return preparation(refused, again);
    }
    for (Map.Entry<String, KeptnSection> entry : gate.sections().entrySet()) {
      String of = "check '" + entry.getKey() + "': ";
      try {
        Optional<Analysis> asked = created(entry.getValue());
        if (asked.isPresent()) {
          problems(api, asked.get()).forEach(problem -> refused.add(of + problem));
        }
      } catch (KeptnException e) {
        // What is forbidden to be read beforehand may not be needed; measuring will tell.
        if (e.kind() == KeptnException.Kind.TRANSIENT) {
          again.add(of + e.getMessage());
        }
      }
    }
    return preparation(refused, again);
  }

  private static Preparation preparation(List<String> refused, List<String> again) {
    if (!refused.isEmpty()) {
      return new Preparation(Preparation.State.REFUSED, String.join("\n", refused));
    }
    return again.isEmpty()
        ? Preparation.READY
        : new Preparation(Preparation.State.AGAIN, String.join("\n", again));
  }

  /** Why an Analysis could never be completed, or would ask for something else. */
  static List<String> problems(KeptnApi api, Analysis asked) throws KeptnException {
    String name = KeptnKind.DEFINITION.named(asked.definedIn(), asked.definition());
    Optional<Definition> found = Definition.read(api, asked.definedIn(), asked.definition());
    if (found.isEmpty()) {
      return List.of("there is no " + name + ", and Keptn would wait for it for ever");
    }
    Definition definition = found.get();
    if (definition.templates().isEmpty()) {
      return List.of(name + " has no objectives, so nothing would be judged");
    }
    List<String> problems = new ArrayList<>(definition.missing());
    definition
        .withoutArguments(asked.arguments().keySet())
        .forEach(
            (template, names) ->
                problems.add(
                    "the query of "
                        + template
                        + " needs "
                        + String.join(", ", names)
                        + ", which analysis.args does not give: Keptn would ask for "
                        + GoTemplate.NO_VALUE));
    return problems;
  }

  /** The Analysis that a check creates; empty where its very names are not known yet. */
  private Optional<Analysis> created(KeptnSection section) {
    if (section.analysis() == null || !section.analysis().created()) {
      return Optional.empty();
    }
    try {
      return Optional.of(gate.unmeasured(section.analysis()));
    } catch (IllegalArgumentException unknownYet) {
      return Optional.empty();
    }
  }
}
