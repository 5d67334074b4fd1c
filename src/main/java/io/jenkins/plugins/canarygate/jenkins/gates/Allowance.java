package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.rollout.Action;
import java.util.List;
import java.util.Set;

/**
 * What an administrator allows in a cluster: these jobs, in these namespaces, these actions. A job
 * and namespace that is named may be looked at and judged without any action, which includes
 * reading evidence there; to create objects that bring evidence is allowed of its own.
 *
 * @param jobs full names of jobs, {@code *} within a segment, {@code **} across them
 * @param namespaces names of namespaces, {@code *} for any part
 * @param actions what may be done there: PROMOTE, PROMOTE_FULLY, ABORT, PAUSE
 * @param analyses whether Keptn Analyses may be created and deleted there
 */
public record Allowance(
    List<String> jobs, List<String> namespaces, Set<Action> actions, boolean analyses) {
  public Allowance {
    jobs = List.copyOf(jobs);
    namespaces = List.copyOf(namespaces);
    actions = Set.copyOf(actions);
  }

  /** One under which nothing is created for evidence. */
  public Allowance(List<String> jobs, List<String> namespaces, Set<Action> actions) {
    this(jobs, namespaces, actions, false);
  }

  /** Whether it speaks of this job in this namespace. */
  public boolean names(String job, String namespace) {
    return jobMatches(jobs, job)
        && namespaces.stream().anyMatch(pattern -> Pattern.matches(pattern, '/', namespace));
  }

  /** Whether Analyses may be created there. */
  static boolean allowsAnalyses(List<Allowance> all, String job, String namespace) {
    return all.stream().anyMatch(a -> a.names(job, namespace) && a.analyses());
  }

  /** Whether one of the patterns matches the job's full name. */
  static boolean jobMatches(List<String> patterns, String job) {
    return patterns.stream().anyMatch(pattern -> Pattern.matches(pattern, '/', job));
  }

  /** Whether the action is among those allowed; a hold is a pause, and whoever holds may lift. */
  static boolean allows(List<Allowance> all, String job, String namespace, Action action) {
    Action counted = action == Action.HOLD ? Action.PAUSE : action;
    return counted == Action.LIFT
        || all.stream().anyMatch(a -> a.names(job, namespace) && a.actions().contains(counted));
  }
}
