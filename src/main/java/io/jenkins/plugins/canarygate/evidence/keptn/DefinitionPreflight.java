package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Analysis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What {@code plan} says of the definition of an Analysis that a check creates. */
final class DefinitionPreflight {
  private static final String BEFORE = "correct it before traffic shifts";

  private final KeptnApi api;
  private final String subject;
  private final KeptnSection section;
  private final Analysis asked;
  private final Check check;
  private final List<Finding> findings = new ArrayList<>();

  DefinitionPreflight(
      KeptnApi api, String subject, KeptnSection section, Analysis asked, Check check) {
    this.api = api;
    this.subject = subject;
    this.section = section;
    this.asked = asked;
    this.check = check;
  }

  List<Finding> examine() throws KeptnException {
    List<String> problems = Trial.problems(api, asked);
    problems.forEach(problem -> error(problem, BEFORE));
    Definition definition =
        Definition.read(api, asked.definedIn(), asked.definition()).orElse(null);
    if (definition == null) {
      return findings;
    }
    if (problems.isEmpty()) {
      findings.add(
          Finding.ok(
              subject,
              KeptnKind.DEFINITION.named(asked.definedIn(), asked.definition())
                  + " has "
                  + definition.templates().size()
                  + " objectives; "
                  + definition.thresholds()));
    }
    judges(definition);
    int at = 0;
    for (JsonNode objective : definition.spec().path("objectives")) {
      objective(objective, definition.templates().get(at++));
    }
    return findings;
  }

  /** Whether there is a value that could keep it from passing. */
  private void judges(Definition definition) {
    if (definition.spec().path("totalScore").path("passPercentage").asInt(0) == 0) {
      error("its passPercentage is 0, so it passes whatever the values are", "raise it");
    }
    boolean judged = false;
    for (JsonNode objective : definition.spec().path("objectives")) {
      judged |=
          !TargetText.of(objective.path("target")).isEmpty()
              && (objective.path("weight").asDouble(1) > 0
                  || objective.path("keyObjective").asBoolean(false));
    }
    if (!judged && !definition.templates().isEmpty()) {
      error(
          "no objective has both a target and a weight, so nothing would be judged",
          "give one a target");
    }
  }

  private void objective(JsonNode objective, Template template) {
    if (template.source().isEmpty()) {
      return;
    }
    DataSource source = template.source().get();
    String target = TargetText.of(objective.path("target"));
    findings.add(
        Finding.ok(
            subject,
            template.name()
                + " comes from "
                + source.title()
                + " ("
                + template.provider().orElse("")
                + "), "
                + (target.isEmpty() ? "no target: it passes whatever it is" : target)));
    if (source == DataSource.ELASTIC) {
      elastic(template);
    }
    boolean matters =
        switch (source) {
          case PROMETHEUS, THANOS, CORTEX ->
              !DataSource.looksForward(template.query().orElse(""))
                  && window().compareTo(Duration.ofMinutes(1)) > 0;
          case DATADOG, DYNATRACE -> !section.takesZero();
          default -> true;
        };
    source
        .quirk()
        .filter(quirk -> matters)
        .ifPresent(
            quirk ->
                findings.add(
                    Finding.warning(
                        subject, template.name() + ": " + quirk, "see docs/keptn.md, Quirks")));
  }

  private void elastic(Template template) {
    if (!asked.arguments().containsKey("metricPath")) {
      error(
          template.name() + " comes from Elastic, which needs the argument metricPath",
          "give it in analysis.args");
    }
    if (!asked.definedIn().equals(asked.namespace())) {
      error(
          template.name()
              + " comes from Elastic, for which Keptn looks for the definition in the namespace of"
              + " the Analysis alone",
          "create the Analysis in " + asked.definedIn());
    }
  }

  private Duration window() {
    return asked.recent() != null
        ? asked.recent()
        : check.window().map(rule -> rule.length()).orElse(Duration.ZERO);
  }

  private void error(String message, String remedy) {
    findings.add(Finding.error(subject, message, remedy));
  }
}
