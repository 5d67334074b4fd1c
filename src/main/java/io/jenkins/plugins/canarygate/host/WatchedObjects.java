package io.jenkins.plugins.canarygate.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * All objects of one kind in some namespaces, or in the whole cluster, as a watch tells of them. It
 * lags behind, and where a connection has died silently by more than it knows: nothing may be done
 * by it that could not be done by mistake.
 *
 * @param <T> what is kept of an object
 */
public final class WatchedObjects<T> implements AutoCloseable {
  /** An API server sends a bookmark about every minute; a watch silent for longer may be dead. */
  static final Duration HEARD_WITHIN = Duration.ofSeconds(150);

  private record Key(String namespace, String name) {}

  private final Function<JsonNode, T> keep;
  private final Consumer<String> opened;
  private final HostClock clock;
  private final Map<Key, T> objects = new ConcurrentHashMap<>();
  private final Map<String, LastingWatch> watches = new HashMap<>();
  private final Map<String, Object> sinks = new ConcurrentHashMap<>();
  private final Map<String, Long> heard = new ConcurrentHashMap<>();
  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();

  /**
   * Watches nothing before it is opened.
   *
   * @param namespaces where; empty: the whole cluster
   * @param keep what is kept of each object
   * @param opened told of a namespace, or of an empty name, whenever a watch has opened
   * @param pool opens the watches
   * @param random spreads attempts; safe to use from many threads
   */
  public WatchedObjects(
      KubernetesClient client,
      WakeUps.Kind kind,
      Collection<String> namespaces,
      Function<JsonNode, T> keep,
      Consumer<String> opened,
      HostClock clock,
      Timers timers,
      Executor pool,
      RandomGenerator random) {
    this.keep = keep;
    this.opened = opened;
    this.clock = clock;
    WatchConnector connector = new ObjectWatches(new Filling());
    Executor opener = new Serial(pool);
    for (String namespace : namespaces.isEmpty() ? List.of("") : namespaces) {
      watches.put(
          namespace,
          new LastingWatch(
              new WatchConnector.Selection(client, kind, namespace, Optional.empty()),
              connector,
              opener,
              clock,
              timers,
              random,
              new State(namespace)));
    }
  }

  /** Begins to watch. Does not block. */
  public void open() {
    watches.values().forEach(LastingWatch::open);
  }

  /** Whether the objects of the namespace are as they are now, as far as is known. */
  public boolean current(String namespace) {
    String place = watches.containsKey("") ? "" : namespace;
    LastingWatch watch = watches.get(place);
    Long last = heard.get(place);
    return watch != null
        && watch.isOpen()
        && last != null
        && clock.now().uptimeMillis() - last <= HEARD_WITHIN.toMillis();
  }

  /** The namespaces whose objects are not known well; an empty name is the whole cluster. */
  public List<String> stale() {
    return watches.keySet().stream().filter(place -> !current(place)).sorted().toList();
  }

  /** Whether the watch is not allowed, as far as is known. */
  public boolean forbidden(String namespace) {
    return forbidden.contains(namespace);
  }

  /** An object as it was last told of. */
  public Optional<T> find(String namespace, String name) {
    return Optional.ofNullable(objects.get(new Key(namespace, name)));
  }

  /** All of them. */
  public Collection<T> all() {
    return objects.values();
  }

  @Override
  public void close() {
    watches.values().forEach(LastingWatch::close);
  }

  /** Notes how the watch of one namespace goes. */
  private final class State implements LastingWatch.Owner {
    private final String namespace;

    State(String namespace) {
      this.namespace = namespace;
    }

    @Override
    public void opened(LastingWatch watch) {
      forbidden.remove(namespace);
      heard.put(namespace, clock.now().uptimeMillis());
      opened.accept(namespace);
    }

    @Override
    public void changed(String there, String name) {
      // The store knows already.
    }

    @Override
    public void forbidden(LastingWatch watch) {
      forbidden.add(namespace);
    }
  }

  private static Key key(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return new Key(metadata.path("namespace").asText(""), metadata.path("name").asText(""));
  }

  /** Keeps what the current watch of each namespace says. */
  private final class Filling implements ObjectWatches.Store {
    @Override
    public ObjectLines.Sink begin(String namespace) {
      ObjectLines.Sink sink = new Current(namespace);
      sinks.put(namespace, sink);
      return sink;
    }

    @Override
    public void replace(String namespace, List<JsonNode> all) {
      Map<Key, T> fresh = new HashMap<>();
      all.forEach(object -> fresh.put(key(object), keep.apply(object)));
      objects
          .keySet()
          .removeIf(
              key ->
                  (namespace.isEmpty() || key.namespace().equals(namespace))
                      && !fresh.containsKey(key));
      objects.putAll(fresh);
    }

    /** What one opening says; once another has begun, nothing more. */
    private final class Current implements ObjectLines.Sink {
      private final String namespace;

      Current(String namespace) {
        this.namespace = namespace;
      }

      private boolean current() {
        if (sinks.get(namespace) != this) {
          return false;
        }
        heard.put(namespace, clock.now().uptimeMillis());
        return true;
      }

      @Override
      public void put(JsonNode object) {
        if (current()) {
          objects.put(key(object), keep.apply(object));
        }
      }

      @Override
      public void remove(JsonNode object) {
        if (current()) {
          objects.remove(key(object));
        }
      }

      @Override
      public void bookmark() {
        current();
      }
    }
  }
}
