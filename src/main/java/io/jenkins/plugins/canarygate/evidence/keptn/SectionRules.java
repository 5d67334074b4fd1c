package io.jenkins.plugins.canarygate.evidence.keptn;

import io.jenkins.plugins.canarygate.evidence.SourceSection.SectionFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a {@code keptn} section of a check may say (rule M9). */
final class SectionRules {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
  private static final Duration LONGEST = Duration.ofHours(24);

  private final KeptnSection section;
  private final List<SectionFault> faults = new ArrayList<>();

  private SectionRules(KeptnSection section) {
    this.section = section;
  }

  static List<SectionFault> faults(KeptnSection section) {
    SectionRules rules = new SectionRules(section);
    rules.check();
    return List.copyOf(rules.faults);
  }

  /** What a gate may say once, and a check that is measured again and again may not. */
  static List<SectionFault> faultsWhenNamed(KeptnSection section) {
    SectionRules rules = new SectionRules(section);
    if (section.analysis() != null && section.analysis().name() != null) {
      rules.add(
          "analysis.name",
          "an Analysis is completed once, so that its result would never get old: name the"
              + " definition of one to create");
    }
    if (section.keeps()) {
      rules.add("keep", "each measurement would leave an Analysis behind: leave it out");
    }
    return List.copyOf(rules.faults);
  }

  private void check() {
    if ((section.metric() == null) == (section.analysis() == null)) {
      add("", "needs exactly one of metric and analysis");
      return;
    }
    span("maxAge", section.maxAge());
    span("timeout", section.timeout());
    if (section.metric() != null) {
      metric(section.metric());
    } else {
      analysis(section.analysis());
    }
  }

  private void metric(KeptnSection.Metric metric) {
    namespace("metric.namespace", metric.namespace());
    name("metric.name", metric.name());
    useless("timeout", section.timeout(), "a metric is read at once");
    useless("keep", section.keep(), "a metric is not created");
  }

  private void analysis(KeptnSection.Analysis analysis) {
    namespace("analysis.namespace", analysis.namespace());
    useless("maxAge", section.maxAge(), "it is about a metric");
    if ((analysis.name() == null) == (analysis.definition() == null)) {
      add(
          "analysis",
          "needs exactly one of definition, for an Analysis to create, and name, for one that"
              + " exists");
      return;
    }
    if (analysis.name() != null) {
      name("analysis.name", analysis.name());
      String why = "the Analysis exists, so this is settled";
      useless("analysis.definitionNamespace", analysis.definitionNamespace(), why);
      useless("analysis.recent", analysis.recent(), why);
      useless("analysis.args", analysis.args(), why);
      useless("keep", section.keep(), "only what was created is deleted");
      return;
    }
    name("analysis.definition", analysis.definition());
    namespace("analysis.definitionNamespace", analysis.definitionNamespace());
    span("analysis.recent", analysis.recent());
    for (String argument : analysis.arguments().keySet()) {
      if (argument.isBlank()) {
        add("analysis.args", "an argument needs a name");
      }
    }
  }

  private void span(String path, Duration span) {
    if (span != null && (span.toSeconds() < 1 || span.compareTo(LONGEST) > 0)) {
      add(path, "must be from 1s to 24h");
    }
  }

  private void namespace(String path, String text) {
    if (text == null) {
      return;
    }
    // Which namespaces a gate reaches into must be known before it runs: rights depend on it.
    if (text.contains("${")) {
      add(path, "must be known beforehand: parameters and ${rollout.namespace} are, others not");
    } else if (!NAMESPACE.matcher(text).matches()) {
      add(path, "is no name of a namespace: lower case letters, digits and '-', at most 63");
    }
  }

  private void name(String path, String text) {
    if (text != null && !text.contains("${") && !NAME.matcher(text).matches()) {
      add(path, "is no name of an object: lower case letters, digits, '-' and '.', at most 253");
    }
  }

  private void useless(String path, Object given, String why) {
    if (given != null) {
      add(path, why + ": leave it out");
    }
  }

  private void add(String path, String message) {
    faults.add(new SectionFault(path, message));
  }
}
