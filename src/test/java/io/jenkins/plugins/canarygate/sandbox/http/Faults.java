package io.jenkins.plugins.canarygate.sandbox.http;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults that a simulated service has been told to show. */
public final class Faults {
  private final Map<Call, List<Injection>> injections = new EnumMap<>(Call.class);

  /** One fault laid on one kind of call: it shows once unless told otherwise. */
  public static final class Injection {
    private final Fault fault;
    private int skip;
    private long left = 1;

    private Injection(Fault fault) {
      this.fault = fault;
    }

    /** The next so many calls. */
    public Injection times(int number) {
      left = number;
      return this;
    }

    /** Every call until {@link Faults#clear}. */
    public Injection untilCleared() {
      left = Long.MAX_VALUE;
      return this;
    }

    /** Lets so many calls pass first. */
    public Injection afterCalls(int number) {
      skip = number;
      return this;
    }
  }

  /** Lays a fault on the next call of this kind. Several are shown in the order they were laid. */
  public synchronized Injection on(Call call, Fault fault) {
    Injection injection = new Injection(fault);
    injections.computeIfAbsent(call, c -> new CopyOnWriteArrayList<>()).add(injection);
    return injection;
  }

  /** Takes all faults away. */
  public synchronized void clear() {
    injections.clear();
  }

  /** Takes the faults of one kind of call away. */
  public synchronized void clear(Call call) {
    injections.remove(call);
  }

  synchronized Optional<Fault> next(Call call) {
    Iterator<Injection> waiting = injections.getOrDefault(call, List.of()).iterator();
    while (waiting.hasNext()) {
      Injection injection = waiting.next();
      if (injection.left > 0) {
        if (injection.skip > 0) {
          injection.skip--;
          return Optional.empty();
        }
        injection.left--;
        return Optional.of(injection.fault);
      }
    }
    return Optional.empty();
  }
}
