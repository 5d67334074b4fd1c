package io.jenkins.plugins.canarygate.host;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.host.WatchConnector.Selection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * Wakes gates by watches: one for each cluster, namespace and kind, or one for a whole cluster, see
 * {@link ClusterWatch}, however many gates wait there, as long as any does. Watches of one cluster
 * are opened one after the other, so that a server that does not answer holds one thread.
 */
public final class RolloutWatches implements WakeUps {
  private record Place(KubernetesClient client, Kind kind) {}

  private final WatchConnector connector;
  private final HostClock clock;
  private final Timers timers;
  private final Executor pool;
  private final RandomGenerator random;
  private final Pacer pacer;
  private final Map<Place, ClusterWatch> places = new HashMap<>();
  private final Map<KubernetesClient, Executor> openers = new HashMap<>();

  private RolloutWatches(
      WatchConnector connector,
      HostClock clock,
      Timers timers,
      Executor pool,
      RandomGenerator random) {
    this.connector = connector;
    this.clock = clock;
    this.timers = timers;
    this.pool = pool;
    this.random = random;
    this.pacer = new Pacer(clock, random);
  }

  /**
   * Watches real clusters.
   *
   * @param pool opens the watches
   * @param random spreads attempts; safe to use from many threads
   */
  public static RolloutWatches of(
      HostClock clock, Timers timers, Executor pool, RandomGenerator random) {
    return over(new HttpWatches(), clock, timers, pool, random);
  }

  static RolloutWatches over(
      WatchConnector connector,
      HostClock clock,
      Timers timers,
      Executor pool,
      RandomGenerator random) {
    return new RolloutWatches(connector, clock, timers, pool, random);
  }

  @Override
  public Timers.Cancellable subscribe(Topic topic, Runnable wake) {
    Place place = new Place(topic.client(), topic.kind());
    // An object of its own for each gate, even where two hand in the same one.
    Runnable own =
        new Runnable() {
          @Override
          public void run() {
            wake.run();
          }
        };
    synchronized (this) {
      places.computeIfAbsent(place, this::watch).add(topic.namespace(), topic.name(), own);
    }
    AtomicBoolean cancelled = new AtomicBoolean();
    return () -> {
      if (cancelled.compareAndSet(false, true)) {
        leave(place, topic, own);
      }
    };
  }

  @Override
  public boolean watched(Topic topic) {
    ClusterWatch watch;
    synchronized (this) {
      watch = places.get(new Place(topic.client(), topic.kind()));
    }
    return watch != null && watch.watched(topic.namespace(), topic.name());
  }

  @Override
  public synchronized void close() {
    places.values().forEach(ClusterWatch::close);
    places.clear();
  }

  private synchronized void leave(Place place, Topic topic, Runnable wake) {
    ClusterWatch watch = places.get(place);
    if (watch != null && watch.remove(topic.namespace(), topic.name(), wake)) {
      watch.close();
      places.remove(place);
      if (places.keySet().stream().noneMatch(other -> other.client() == place.client())) {
        openers.remove(place.client());
      }
    }
  }

  private ClusterWatch watch(Place place) {
    Executor opener = openers.computeIfAbsent(place.client(), client -> new Serial(pool));
    return new ClusterWatch(
        new Selection(place.client(), place.kind(), "", Optional.empty()),
        (selection, owner) ->
            new LastingWatch(selection, connector, opener, clock, timers, random, owner),
        this::wakeApart);
  }

  private void wakeApart(List<Runnable> gates) {
    for (Runnable gate : gates) {
      Duration wait = pacer.next();
      if (wait.isZero()) {
        gate.run();
      } else {
        timers.schedule(wait, gate);
      }
    }
  }
}
