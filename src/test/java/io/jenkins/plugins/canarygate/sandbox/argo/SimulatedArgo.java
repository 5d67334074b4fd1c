package io.jenkins.plugins.canarygate.sandbox.argo;

import io.jenkins.plugins.canarygate.sandbox.kube.Change;
import io.jenkins.plugins.canarygate.sandbox.kube.Hashes;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The Argo Rollouts controller over an {@link ObjectStore}, with the ReplicaSet and the analysis
 * controller it works with: a rendering of the real one's code that keeps its order of writes. It
 * has no thread: it works when {@link #settle} or {@link #tick} is called.
 */
public final class SimulatedArgo {
  /**
   * There are states in which the real controller never comes to rest. After so many passes at one
   * moment this one goes on a second later.
   */
  private static final int BREATH = 40;

  private final ObjectStore store;
  private final InstantSource clock;
  private final Set<ObjectKey> rollouts = new LinkedHashSet<>();
  private final Set<ObjectKey> others = new LinkedHashSet<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));
  private final Set<Due> known = new java.util.HashSet<>();
  private final Map<ObjectKey, BeforePause> beforePause = new HashMap<>();
  private final References references = new References();
  private final Map<String, Boolean> verified = new HashMap<>();
  private final Pods pods;
  private final AnalysisRunner analysis;
  private Duration readyAfter = Duration.ZERO;
  private boolean running = true;
  private boolean reconciling;

  /** The copy before a pause began, and when that was. */
  private record BeforePause(Stored copy, Instant start) {}

  private record Due(ObjectKey key, Instant at) {}

  public SimulatedArgo(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.pods = new Pods(store);
    this.analysis = new AnalysisRunner(store, clock, this::later);
    store.listen(this::notice);
  }

  /** What the controller calls the revision with this pod template. */
  public static String hash(com.fasterxml.jackson.databind.JsonNode template) {
    return Hashes.template(template);
  }

  private void notice(Change change) {
    ObjectKey key = change.after().key();
    Resource resource = key.resource();
    if (resource.equals(Resource.ROLLOUTS)) {
      RolloutView rollout = new RolloutView(change.after().tree());
      rememberBeforePause(change, rollout);
      references.update(key, rollout);
      rollouts.add(key);
    } else if (resource.equals(Resource.REPLICA_SETS)) {
      readyLater(change);
      change.after().owner().flatMap(store::withUid).ifPresent(rollouts::add);
    } else if (resource.equals(Resource.ANALYSIS_RUNS)) {
      others.add(key);
      change.after().owner().flatMap(store::withUid).ifPresent(rollouts::add);
    } else if (resource.equals(Resource.DEPLOYMENTS)) {
      others.add(key);
    } else if (resource.equals(Resource.SERVICES) && !reconciling) {
      // Its own changes do not count: of an aborted canary the real controller switches the canary
      // service back and forth for as long as the pods stay, and would never come to rest here.
      rollouts.addAll(references.to(key));
    }
  }

  private void readyLater(Change change) {
    if (change.type() == Change.Type.DELETED) {
      return;
    }
    if (readyAfter.isZero()) {
      others.add(change.after().key());
    } else {
      later(change.after().key(), clock.instant().plus(readyAfter));
    }
  }

  /** Keeps the copy that a slow worker would still have in hand. */
  private void rememberBeforePause(Change change, RolloutView after) {
    ObjectKey key = change.after().key();
    if (change.type() == Change.Type.DELETED) {
      beforePause.remove(key);
    } else if (change.before().isPresent() && after.hasPauseConditions()) {
      Stored before = change.before().get();
      if (!new RolloutView(before.tree()).hasPauseConditions()) {
        String start = after.status().at("/pauseConditions/0/startTime").asText();
        beforePause.put(key, new BeforePause(before, Instant.parse(start)));
      }
    }
  }

  private void later(ObjectKey key, Instant when) {
    Due one = new Due(key, when);
    if (known.add(one)) {
      due.add(one);
    }
  }

  /** Does everything that is to be done at once, until nothing changes any more. */
  public void settle() {
    synchronized (store) {
      Map<ObjectKey, Integer> passes = new HashMap<>();
      while (running && !(rollouts.isEmpty() && others.isEmpty())) {
        if (rollouts.isEmpty()) {
          serve(take(others));
        } else {
          ObjectKey key = take(rollouts);
          if (passes.merge(key, 1, Integer::sum) > BREATH) {
            later(key, clock.instant().plusSeconds(1));
          } else {
            reconcile(key);
          }
        }
      }
    }
  }

  private static ObjectKey take(Set<ObjectKey> queue) {
    ObjectKey first = queue.iterator().next();
    queue.remove(first);
    return first;
  }

  private void serve(ObjectKey key) {
    if (key.resource().equals(Resource.REPLICA_SETS)) {
      pods.settle(key);
    } else if (key.resource().equals(Resource.ANALYSIS_RUNS)) {
      analysis.settle(key);
    } else {
      references.to(key).forEach(rollout -> WorkloadRef.noteGeneration(store, rollout, key));
    }
  }

  private void reconcile(ObjectKey key) {
    store.find(key).ifPresent(copy -> reconcile(copy, clock.instant()));
  }

  private void reconcile(Stored copy, Instant now) {
    if (copy.tree().path("metadata").has("deletionTimestamp")) {
      return;
    }
    reconciling = true;
    try {
      new Reconcile(
              store,
              copy,
              now,
              this::later,
              (namespace, name) -> Optional.ofNullable(verified.get(namespace + "/" + name)))
          .run();
    } finally {
      reconciling = false;
    }
  }

  /** Does what has become due on the clock. To be called after the clock moved. */
  public void tick() {
    synchronized (store) {
      Instant now = clock.instant();
      while (!due.isEmpty() && !due.peek().at().isAfter(now)) {
        Due one = due.poll();
        known.remove(one);
        (one.key().resource().equals(Resource.ROLLOUTS) ? rollouts : others).add(one.key());
      }
      settle();
    }
  }

  /** When something becomes due next, for a clock that jumps. */
  public Optional<Instant> nextDue() {
    synchronized (store) {
      return Optional.ofNullable(due.peek()).map(Due::at);
    }
  }

  /** The controller is down: nothing happens until {@link #start}. */
  public void stop() {
    synchronized (store) {
      running = false;
    }
  }

  /** It is up again and looks at everything, as after a restart. */
  public void start() {
    synchronized (store) {
      running = true;
      store.all(Resource.ROLLOUTS).forEach(rollout -> rollouts.add(rollout.key()));
      tick();
    }
  }

  /** How long new pods take to become available; at first no time at all. */
  public void podsReadyAfter(Duration delay) {
    readyAfter = delay;
  }

  /** At most so many pods of a ReplicaSet are available. */
  public void limitPods(String namespace, String replicaSet, int available) {
    synchronized (store) {
      ObjectKey key = new ObjectKey(Resource.REPLICA_SETS, namespace, replicaSet);
      pods.limit(key, available);
      others.add(key);
      settle();
    }
  }

  public void unlimitPods(String namespace, String replicaSet) {
    synchronized (store) {
      ObjectKey key = new ObjectKey(Resource.REPLICA_SETS, namespace, replicaSet);
      pods.unlimit(key);
      others.add(key);
      settle();
    }
  }

  /** No pod with this image ever gets ready. */
  public void neverReady(String image) {
    synchronized (store) {
      pods.neverReady(image);
    }
  }

  /** What the mesh says of weights from now on; empty: nothing, as most do. */
  public void verifyWeights(String namespace, String rollout, Optional<Boolean> answer) {
    synchronized (store) {
      verified.remove(namespace + "/" + rollout);
      answer.ifPresent(yes -> verified.put(namespace + "/" + rollout, yes));
      rollouts.add(new ObjectKey(Resource.ROLLOUTS, namespace, rollout));
      settle();
    }
  }

  /** How every AnalysisRun ends whose first metric, or missing template, is called so. */
  public void scriptAnalysis(String metric, String phase, String message, Duration after) {
    analysis.script(metric, phase, message, after);
  }

  /** Ends an AnalysisRun. */
  public void finishAnalysis(String namespace, String run, String phase, String message) {
    synchronized (store) {
      ObjectKey key = new ObjectKey(Resource.ANALYSIS_RUNS, namespace, run);
      analysis.finish(key, store.get(key).tree(), phase, message);
      settle();
    }
  }

  /**
   * A slow worker wakes up with the copy it took before the last pause began, and writes that pause
   * once more: whatever was written to pauseConditions in between is overwritten.
   *
   * @param sameStart whether it had read the clock before it fell asleep
   * @throws IllegalStateException if the rollout never was at a pause
   */
  public void overwriteFromStaleCopy(String namespace, String rollout, boolean sameStart) {
    synchronized (store) {
      ObjectKey key = new ObjectKey(Resource.ROLLOUTS, namespace, rollout);
      BeforePause before = beforePause.get(key);
      if (before == null) {
        throw new IllegalStateException(key + " has not been at a pause");
      }
      reconcile(before.copy(), sameStart ? before.start() : clock.instant());
      settle();
    }
  }
}
