package io.jenkins.plugins.canarygate.rollout.flagger;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.util.Optional;

/**
 * Drives one Canary of Flagger, {@code flagger.app/v1beta1}. It writes one annotation, the {@link
 * Decision}; Flagger asks the gate server, which answers by it.
 */
public final class FlaggerRolloutDriver implements RolloutDriver {
  private final Reader reader;
  private final Target target;
  private final String gateId;
  private final RevisionReader revisions;
  private final Writes writes;

  /**
   * @param client a client of the cluster; it is not closed, and its own retries are not used
   * @param target the Canary, and what of it
   * @param gateId marks this gate's decision; another gate's is never overwritten (rule A8)
   */
  public FlaggerRolloutDriver(KubernetesClient client, Target target, String gateId) {
    this.reader = new Reader(new KubeApi(client), target);
    this.target = target;
    this.gateId = gateId;
    this.revisions = new RevisionReader(target.revision());
    this.writes = new Writes(gateId);
  }

  @Override
  public Observation look(Question question) throws LookException {
    Notes notes = Notes.of(question.memory());
    Optional<CanaryView> read = reader.canary();
    if (read.isEmpty()) {
      return Observations.absent(target, question, notes, reader.objects().absence());
    }
    CanaryView canary = read.get();
    if (canary.deleted()) {
      return Observations.absent(target, question, notes, target + " is being deleted");
    }
    notes.about(canary.uid());
    Optional<TargetView> workload = reader.workload(canary);
    RevisionReader.Ours ours = revisions.read(canary, workload, question.fence(), notes);
    Optional<TargetView> primary = reader.primary(canary, ours, notes);
    return observe(new Look(target, gateId, question, canary, workload, primary, ours, notes));
  }

  /** What was read means. */
  static Observation observe(Look look) {
    note(look.status(), look.primary(), look.notes());
    LeftTraffic.note(look.canary(), look.notes());
    if (look.intent().isEmpty()) {
      look.notes().undecided();
    }
    return new Observations(look).observe();
  }

  /** What serves while nothing of ours is promoted; in Failed it may have been overwritten. */
  private static void note(CanaryStatus status, Optional<TargetView> primary, Notes notes) {
    if (!status.phase().promotes() && status.phase() != CanaryPhase.FAILED) {
      primary
          .map(TargetView::templateDigest)
          .ifPresent(digest -> notes.primary(digest, status.lastPromotedSpec()));
    }
  }

  @Override
  public Optional<Write> next(Intent intent, Observation fresh) {
    return writes.next(intent, fresh);
  }

  @Override
  public Receipt send(Write write) {
    return reader.objects().send(write, Writes.FIELD_MANAGER);
  }
}
