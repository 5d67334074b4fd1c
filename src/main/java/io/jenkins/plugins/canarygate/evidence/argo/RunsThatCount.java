package io.jenkins.plugins.canarygate.evidence.argo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which AnalysisRuns are about this rollout of the revision: undo and redo give the same hash, with
 * the runs of the time before (rule M12).
 *
 * @param hash the revision's pod template hash; empty where it is not there
 * @param uid the Rollout's uid
 * @param since when the session saw the hash become current at step 0; empty if it came later
 * @param names the runs that the status named
 */
record RunsThatCount(String hash, String uid, Optional<Instant> since, Set<String> names) {
  private static final Set<String> TYPES = Set.of("Background", "Step", "PrePromotion");

  /** Reads the notes of the Rollout's driver. */
  static RunsThatCount of(JsonNode memory) {
    JsonNode analysis = memory.path("analysis");
    Set<String> names = new HashSet<>();
    analysis.path("runs").forEach(name -> names.add(name.asText()));
    return new RunsThatCount(
        analysis.path("hash").asText(""),
        memory.path("uid").asText(""),
        instant(analysis.path("since").asText("")),
        names);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Those of the runs that count, one for each purpose. */
  List<AnalysisRun> among(List<AnalysisRun> runs) {
    Set<String> purposes = new HashSet<>();
    List<AnalysisRun> counting = new ArrayList<>();
    runs.stream()
        .filter(this::counts)
        .sorted(ArgoAnalysisSource.NEWEST_FIRST)
        .filter(run -> purposes.add(run.purpose()))
        .forEach(counting::add);
    return counting;
  }

  private boolean counts(AnalysisRun run) {
    boolean ours = run.hash().equals(hash) && run.ownedBy(uid) && TYPES.contains(run.type());
    boolean now = names.contains(run.name()) || since.filter(run.created()::isAfter).isPresent();
    return ours && now && !run.terminated();
  }
}
