package io.jenkins.plugins.canarygate.sandbox.kube;

import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream.Builder;

/**
 * Tells watches of changes. A watch of a single object costs nothing while others change: it is
 * found by its object's name.
 */
final class WatchHub implements AutoCloseable {
  private static final int KEPT = 10_000;

  private final ObjectStore store;
  private final Deque<Change> history = new ArrayDeque<>();
  private final Map<ObjectKey, Set<Watch>> single = new HashMap<>();
  private final Map<Resource, Set<Watch>> wide = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sandbox-watch-timeouts");
            thread.setDaemon(true);
            return thread;
          });
  private long oldest;

  WatchHub(ObjectStore store) {
    this.store = store;
    this.oldest = store.version();
    store.listen(this::publish);
  }

  /** Begins a watch; what happened since its resourceVersion comes first. */
  void begin(Watch watch) {
    synchronized (store) {
      if (watch.since().isEmpty() || watch.since().getAsLong() == 0) {
        for (Stored stored : store.list(watch.resource(), watch.selector())) {
          watch.send("ADDED", stored.json());
        }
      } else if (watch.since().getAsLong() < oldest) {
        watch.send(
            "ERROR", Json.bytes(ApiError.expired(watch.since().getAsLong(), oldest).status()));
        watch.stream().end();
        return;
      } else {
        history.stream()
            .filter(change -> change.after().version() > watch.since().getAsLong())
            .filter(change -> change.after().key().resource().equals(watch.resource()))
            .forEach(watch::offer);
      }
      place(watch).add(watch);
    }
    watch
        .timeoutSeconds()
        .ifPresent(seconds -> timer.schedule(() -> timeOut(watch), seconds, TimeUnit.SECONDS));
  }

  private void timeOut(Watch watch) {
    synchronized (store) {
      bookmark(watch);
      place(watch).remove(watch);
    }
    watch.stream().end();
  }

  private Set<Watch> place(Watch watch) {
    return watch
        .singleKey()
        .map(key -> single.computeIfAbsent(key, k -> new LinkedHashSet<>()))
        .orElseGet(() -> wide.computeIfAbsent(watch.resource(), r -> new LinkedHashSet<>()));
  }

  private void publish(Change change) {
    history.addLast(change);
    if (history.size() > KEPT) {
      oldest = history.removeFirst().after().version();
    }
    deliver(single.get(change.after().key()), change);
    deliver(wide.get(change.after().key().resource()), change);
  }

  private static void deliver(Collection<Watch> watches, Change change) {
    if (watches == null) {
      return;
    }
    watches.removeIf(watch -> watch.stream().isOver());
    watches.forEach(watch -> watch.offer(change));
  }

  /** Forgets what has happened: a watch from before now is answered 410. */
  void compact() {
    synchronized (store) {
      history.clear();
      oldest = store.version();
    }
  }

  /** Sends a bookmark to every watch that allows them. */
  void bookmarks() {
    synchronized (store) {
      all().forEach(this::bookmark);
    }
  }

  private void bookmark(Watch watch) {
    if (watch.bookmarks()) {
      watch.send("BOOKMARK", watch.bookmark(store.version()));
    }
  }

  /** Ends every watch with a 410 event, as a server does that lost its history. */
  void expireAll() {
    synchronized (store) {
      for (Watch watch : all()) {
        watch.send("ERROR", Json.bytes(ApiError.expired(oldest, store.version()).status()));
        watch.stream().end();
      }
    }
  }

  private List<Watch> all() {
    Builder<Set<Watch>> sets = java.util.stream.Stream.builder();
    single.values().forEach(sets::add);
    wide.values().forEach(sets::add);
    List<Watch> all = new ArrayList<>();
    sets.build().forEach(all::addAll);
    all.removeIf(watch -> watch.stream().isOver());
    return all;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
