package io.jenkins.plugins.canarygate.sandbox.flagger;

import io.jenkins.plugins.canarygate.sandbox.kube.Change;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Flagger 1.44 over an {@link ObjectStore}, with the workloads and the mesh it works with: a
 * rendering of the real one's code that keeps its order of reads, calls and writes. It has no
 * thread: it works when {@link #settle} or {@link #tick} is called, and a webhook that hangs holds
 * up {@link #tick}.
 */
public final class SimulatedFlagger {
  private static final int EVENTS_KEPT = 500;

  private final ObjectStore store;
  private final InstantSource clock;
  private final Kubelets kubelets;
  private final Jobs jobs;
  private final Statuses statuses;
  private final Parts parts;
  private final Map<String, Double> metrics = new ConcurrentHashMap<>();
  private final Deque<Event> events = new ConcurrentLinkedDeque<>();
  // Guarded by the store's monitor.
  private final Set<ObjectKey> changed = new LinkedHashSet<>();
  private final Map<ObjectKey, Instant> due = new HashMap<>();
  private final Set<ObjectKey> workloads = new HashSet<>();
  private volatile boolean running = true;

  private record Event(ObjectKey canary, String message) {}

  public SimulatedFlagger(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.kubelets = new Kubelets(store, clock);
    this.statuses = new Statuses(store, clock);
    Hooks hooks = new Hooks(clock, statuses, this::keep);
    this.parts =
        new Parts(
            store, clock, hooks, statuses, new Metrics(store, metrics), new ConcurrentHashMap<>());
    this.jobs = new Jobs(clock.instant());
    store.listen(this::notice);
  }

  private void keep(CanaryView canary, String message) {
    events.add(new Event(Statuses.key(canary), message));
    if (events.size() > EVENTS_KEPT) {
      events.poll();
    }
  }

  private void notice(Change change) {
    ObjectKey key = change.after().key();
    if (key.resource().equals(Resource.CANARIES)) {
      changed.add(key);
      ObjectKey target = Workload.targetKey(new CanaryView(change.after().tree()));
      if (workloads.add(target)) {
        changed.add(target);
      }
    } else if (key.resource().equals(Resource.DEPLOYMENTS)
        || key.resource().equals(Resource.DAEMON_SETS)) {
      change.after().owner().flatMap(store::withUid).ifPresent(owner -> noticeOwned(key, owner));
      if (workloads.contains(key)) {
        changed.add(key);
      }
    }
  }

  private void noticeOwned(ObjectKey key, ObjectKey owner) {
    if (owner.resource().equals(Resource.CANARIES)) {
      workloads.add(key);
    }
  }

  /** Lets what reacts at once react to what was written. It calls no webhook. */
  public void settle() {
    synchronized (store) {
      while (!changed.isEmpty()) {
        ObjectKey key = changed.iterator().next();
        changed.remove(key);
        if (!key.resource().equals(Resource.CANARIES)) {
          due.remove(key);
          kubelets.settle(key).ifPresent(at -> due.put(key, at));
        } else if (running) {
          store.find(key).ifPresent(this::initializing);
        }
      }
    }
  }

  private void initializing(Stored found) {
    CanaryView canary = new CanaryView(found.tree());
    if (!canary.status().has("conditions")) {
      statuses.initializing(canary);
    }
    Deletion.prepare(store, canary);
  }

  /** Does what has become due on the clock. To be called after the clock moved. */
  public void tick() {
    synchronized (jobs) {
      pods();
      if (running) {
        for (Stored canary : store.all(Resource.CANARIES)) {
          Deletion.carryOut(parts, canary);
          settle();
        }
        for (ObjectKey key : jobs.due(clock.instant(), store.all(Resource.CANARIES))) {
          advance(key);
        }
      }
    }
  }

  private void pods() {
    synchronized (store) {
      Instant now = clock.instant();
      due.forEach(
          (workload, at) -> {
            if (!at.isAfter(now)) {
              changed.add(workload);
            }
          });
      settle();
    }
  }

  /** Looks at one Canary now, whatever the clock says. */
  public void advance(String namespace, String canary) {
    synchronized (jobs) {
      advance(new ObjectKey(Resource.CANARIES, namespace, canary));
    }
  }

  private void advance(ObjectKey key) {
    store.find(key).ifPresent(canary -> Tick.of(parts, canary));
    settle();
  }

  /** When something becomes due next, for a clock that jumps. */
  public Optional<Instant> nextDue() {
    synchronized (jobs) {
      Instant next = jobs.nextDue();
      synchronized (store) {
        return due.values().stream()
            .filter(at -> at.isBefore(next))
            .min(Instant::compareTo)
            .or(() -> Optional.of(next));
      }
    }
  }

  /** The controller is down: nothing happens until {@link #start}. */
  public void stop() {
    running = false;
  }

  /** It is up again, and looks at every Canary at its first round. */
  public void start() {
    synchronized (jobs) {
      jobs.forget(clock.instant());
      running = true;
    }
  }

  /** How often it looks for new Canaries; every ten seconds unless told otherwise. */
  public void controlLoop(Duration every) {
    synchronized (jobs) {
      jobs.controlLoop(every, clock.instant());
    }
  }

  /** The shortest interval of an analysis; ten seconds, until a demonstration is in a hurry. */
  public void shortestInterval(Duration shortest) {
    synchronized (jobs) {
      jobs.shortest(shortest);
    }
  }

  /** How long new pods take to become ready; at first no time at all. */
  public void podsReadyAfter(Duration delay) {
    synchronized (store) {
      kubelets.readyAfter(delay);
    }
  }

  /** At most so many pods of a Deployment or DaemonSet are ready. */
  public void limitPods(ObjectKey workload, int ready) {
    synchronized (store) {
      kubelets.limit(workload, ready);
      changed.add(workload);
      settle();
    }
  }

  public void unlimitPods(ObjectKey workload) {
    synchronized (store) {
      kubelets.unlimit(workload);
      changed.add(workload);
      settle();
    }
  }

  /** No pod with this image ever gets ready. */
  public void neverReady(String image) {
    synchronized (store) {
      kubelets.neverReady(image);
    }
  }

  /** What a metric without a template measures from now on. */
  public void measure(String metric, double value) {
    metrics.put(metric, value);
  }

  /** How the mesh divides the traffic; without one the primary gets it, whatever happens. */
  public Routes routes(String namespace, String canary) {
    return routed(namespace, canary).orElse(Routes.AT_FIRST);
  }

  /** The same, empty where there is no mesh or it knows nothing of the Canary. */
  Optional<Routes> routed(String namespace, String canary) {
    return Optional.ofNullable(
        parts.routes().get(new ObjectKey(Resource.CANARIES, namespace, canary)));
  }

  /** The messages of its last events about a Canary, oldest first. */
  public List<String> events(String namespace, String canary) {
    ObjectKey key = new ObjectKey(Resource.CANARIES, namespace, canary);
    return events.stream().filter(e -> e.canary().equals(key)).map(Event::message).toList();
  }
}
