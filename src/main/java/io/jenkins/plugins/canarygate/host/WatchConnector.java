package io.jenkins.plugins.canarygate.host;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;

/** Opens single watches, which end sooner or later; it never opens one again by itself. */
interface WatchConnector {

  /**
   * What is watched.
   *
   * @param namespace where; empty for the whole cluster
   * @param name one object; empty for all of the namespace
   */
  record Selection(
      KubernetesClient client, WakeUps.Kind kind, String namespace, Optional<String> name) {}

  /** What is told while a watch is open, from any thread, without blocking it. */
  interface Events {

    /** From where the watch can be gone on with. */
    void at(String resourceVersion);

    /** An object was added, modified or deleted. */
    void changed(String namespace, String name);

    /** The watch has ended, by whomever. */
    void ended(WatchFailure why);
  }

  /** An open watch. */
  interface Connection {
    /** Ends it. Nothing needs to be told of that. */
    void close();
  }

  /**
   * Opens a watch. Blocks until it is open or has failed.
   *
   * @param from where to go on; empty to begin with now
   * @throws WatchFailure if it cannot be opened
   */
  Connection open(Selection selection, Optional<String> from, Events events) throws WatchFailure;

  /** Why a watch could not be opened, or ended. */
  final class WatchFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What follows from it. */
    enum Kind {
      /** Network, server, or the end of its time: opened again from where it was. */
      LOST,
      /** Where it was is no longer known to the server (410): opened again from now. */
      GONE,
      /** Not allowed (403). */
      FORBIDDEN
    }

    private final transient Kind kind;
    private final transient Optional<Duration> retryAfter;

    WatchFailure(Kind kind, Optional<Duration> retryAfter) {
      super("watch " + kind.name().toLowerCase(java.util.Locale.ROOT), null, false, false);
      this.kind = kind;
      this.retryAfter = retryAfter;
    }

    static WatchFailure lost() {
      return new WatchFailure(Kind.LOST, Optional.empty());
    }

    Kind kind() {
      return kind;
    }

    /** How long the server asked to wait. */
    Optional<Duration> retryAfter() {
      return retryAfter;
    }
  }
}
