package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.host.WatchConnector.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What the gates of one cluster need to be woken by objects of one kind: watches of each namespace,
 * and where gates wait in many one of the whole cluster in their place, if that is allowed. It
 * stays until the last gate is gone.
 */
final class ClusterWatch implements LastingWatch.Owner {
  /** In more namespaces than this one watch of the whole cluster is less for its server. */
  static final int MANY = 4;

  private final Selection everything;
  private final BiFunction<Selection, LastingWatch.Owner, LastingWatch> watches;
  private final Consumer<List<Runnable>> wakeAll;
  private final Map<String, NamespaceWatch> namespaces = new HashMap<>();
  private Optional<LastingWatch> wide = Optional.empty();
  private boolean covers;
  private boolean forbidden;

  /**
   * @param everything selects the whole cluster
   * @param watches makes a watch, not yet open
   * @param wakeAll wakes many gates, a little apart
   */
  ClusterWatch(
      Selection everything,
      BiFunction<Selection, LastingWatch.Owner, LastingWatch> watches,
      Consumer<List<Runnable>> wakeAll) {
    this.everything = everything;
    this.watches = watches;
    this.wakeAll = wakeAll;
  }

  synchronized void add(String namespace, String name, Runnable wake) {
    NamespaceWatch there = namespaces.computeIfAbsent(namespace, this::namespace);
    there.add(name, wake);
    if (namespaces.size() > MANY && wide.isEmpty() && !forbidden) {
      // The namespaces' own stay until it is open, so that nothing is missed.
      LastingWatch watch = watches.apply(everything, this);
      wide = Optional.of(watch);
      watch.open();
    }
  }

  /** Forgets a gate; true if none is left. */
  synchronized boolean remove(String namespace, String name, Runnable wake) {
    NamespaceWatch there = namespaces.get(namespace);
    if (there != null && there.remove(name, wake)) {
      there.close();
      namespaces.remove(namespace);
    }
    return namespaces.isEmpty();
  }

  /** Whether a watch that tells of the object is open. */
  synchronized boolean watched(String namespace, String name) {
    NamespaceWatch there = namespaces.get(namespace);
    return wide.filter(LastingWatch::isOpen).isPresent() || there != null && there.watched(name);
  }

  synchronized void close() {
    namespaces.values().forEach(NamespaceWatch::close);
    namespaces.clear();
    wide.ifPresent(LastingWatch::close);
    wide = Optional.empty();
  }

  @Override
  public void opened(LastingWatch watch) {
    List<Runnable> all = new ArrayList<>();
    synchronized (this) {
      if (wide.filter(now -> now == watch).isEmpty()) {
        return;
      }
      covers = true;
      namespaces.values().forEach(NamespaceWatch::cover);
      namespaces.values().forEach(there -> all.addAll(there.gates()));
    }
    wakeAll.accept(all);
  }

  @Override
  public void changed(String namespace, String name) {
    NamespaceWatch there;
    synchronized (this) {
      there = namespaces.get(namespace);
    }
    if (there != null) {
      there.changed(namespace, name);
    }
  }

  @Override
  public synchronized void forbidden(LastingWatch watch) {
    if (wide.filter(now -> now == watch).isEmpty()) {
      return;
    }
    watch.close();
    wide = Optional.empty();
    forbidden = true;
    covers = false;
    namespaces.values().forEach(NamespaceWatch::uncover);
  }

  private synchronized NamespaceWatch namespace(String namespace) {
    NamespaceWatch there =
        new NamespaceWatch(
            new Selection(everything.client(), everything.kind(), namespace, Optional.empty()),
            watches,
            wakeAll);
    if (covers) {
      there.cover();
    }
    return there;
  }
}
