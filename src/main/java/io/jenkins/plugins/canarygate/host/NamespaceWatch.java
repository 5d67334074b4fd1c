package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.host.WatchConnector.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What the gates of one namespace need to be woken by objects of one kind: a watch of the one
 * object as long as there is one, a watch of the namespace for more, and where that is not allowed
 * a watch for each (a Role with {@code resourceNames} allows only those).
 */
final class NamespaceWatch implements LastingWatch.Owner {
  private final Selection everything;
  private final BiFunction<Selection, LastingWatch.Owner, LastingWatch> watches;
  private final Consumer<List<Runnable>> wakeAll;

  private final Map<String, Set<Runnable>> gates = new HashMap<>();
  private final Map<String, LastingWatch> single = new HashMap<>();
  private Optional<LastingWatch> wide = Optional.empty();
  private boolean wideForbidden;
  private boolean covered;

  /**
   * @param everything selects the namespace
   * @param watches makes a watch, not yet open
   * @param wakeAll wakes many gates, a little apart
   */
  NamespaceWatch(
      Selection everything,
      BiFunction<Selection, LastingWatch.Owner, LastingWatch> watches,
      Consumer<List<Runnable>> wakeAll) {
    this.everything = everything;
    this.watches = watches;
    this.wakeAll = wakeAll;
  }

  synchronized void add(String name, Runnable wake) {
    gates.computeIfAbsent(name, none -> new LinkedHashSet<>()).add(wake);
    if (!covered) {
      watch(name);
    }
  }

  private void watch(String name) {
    if (wide.isPresent() || single.containsKey(name)) {
      return;
    }
    if (single.isEmpty() || wideForbidden) {
      watchOne(name);
    } else {
      // The single one stays until the wide one is open, so that nothing is missed.
      LastingWatch watch = watches.apply(everything, this);
      wide = Optional.of(watch);
      watch.open();
    }
  }

  /** Forgets a gate; true if none is left. */
  synchronized boolean remove(String name, Runnable wake) {
    Set<Runnable> there = gates.get(name);
    if (there != null && there.remove(wake) && there.isEmpty()) {
      gates.remove(name);
      LastingWatch watch = single.remove(name);
      if (watch != null) {
        watch.close();
      }
    }
    return gates.isEmpty();
  }

  /** Whether a watch that tells of the object is open. */
  synchronized boolean watched(String name) {
    LastingWatch one = single.get(name);
    return wide.filter(LastingWatch::isOpen).isPresent() || (one != null && one.isOpen());
  }

  /** A watch of the whole cluster is open: none of the namespace's own is needed. */
  synchronized void cover() {
    covered = true;
    closeSingle();
    wide.ifPresent(LastingWatch::close);
    wide = Optional.empty();
  }

  /** There is no watch of the whole cluster any more. */
  synchronized void uncover() {
    if (covered) {
      covered = false;
      gates.keySet().forEach(this::watch);
    }
  }

  /** All gates that wait here. */
  synchronized List<Runnable> gates() {
    return gates.values().stream().flatMap(Set::stream).toList();
  }

  synchronized void close() {
    gates.clear();
    cover();
  }

  @Override
  public void opened(LastingWatch watch) {
    List<Runnable> all = new ArrayList<>();
    synchronized (this) {
      if (wide.filter(now -> now == watch).isPresent()) {
        closeSingle();
        gates.values().forEach(all::addAll);
      } else {
        single.forEach(
            (name, one) -> {
              if (one == watch) {
                all.addAll(gates.getOrDefault(name, Set.of()));
              }
            });
      }
    }
    wakeAll.accept(all);
  }

  @Override
  public void changed(String namespace, String name) {
    List<Runnable> those;
    synchronized (this) {
      those = List.copyOf(gates.getOrDefault(name, Set.of()));
    }
    // At once: these are the gates that something happened to.
    those.forEach(Runnable::run);
  }

  @Override
  public synchronized void forbidden(LastingWatch watch) {
    if (wide.filter(now -> now == watch).isEmpty()) {
      return;
    }
    watch.close();
    wide = Optional.empty();
    wideForbidden = true;
    gates.keySet().stream().filter(name -> !single.containsKey(name)).forEach(this::watchOne);
  }

  private void watchOne(String name) {
    LastingWatch watch =
        watches.apply(
            new Selection(
                everything.client(), everything.kind(), everything.namespace(), Optional.of(name)),
            this);
    single.put(name, watch);
    watch.open();
  }

  private void closeSingle() {
    single.values().forEach(LastingWatch::close);
    single.clear();
  }
}
