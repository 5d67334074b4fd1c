package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.host.ClusterSession;
import io.jenkins.plugins.canarygate.host.FileSessionStore;
import io.jenkins.plugins.canarygate.host.GateHost;
import io.jenkins.plugins.canarygate.host.OwnedStore;
import io.jenkins.plugins.canarygate.host.RolloutLease;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes hold of a kept session for this process. */
final class SessionHolder {
  private static final Duration TO_BE_SAID = Duration.ofSeconds(3);

  private final GateHost host;
  private final CommandAccess access;
  private final Stopping stopping;
  private final Surroundings surroundings;

  SessionHolder(GateHost host, CommandAccess access, Stopping stopping, Surroundings surroundings) {
    this.host = host;
    this.access = access;
    this.stopping = stopping;
    this.surroundings = surroundings;
  }

  /**
   * What is held.
   *
   * @param store where the state is kept
   * @param lease sees to it that no other gate acts; empty for a session in a file
   */
  record Held(OwnedStore store, Optional<RolloutLease> lease) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      store.close();
      lease.ifPresent(RolloutLease::close);
    }
  }

  /**
   * The state as it is kept, if it can be seen without taking hold of it.
   *
   * @throws IOException if it cannot be read; the message says what to do
   */
  Optional<GateSession> peek(SessionPlace place, GateSpec spec) throws IOException {
    return place.configMap().isPresent() ? cluster(place, spec).peek() : Optional.empty();
  }

  /**
   * Takes hold of it. A Lease whose holder is gone is waited for.
   *
   * @throws IOException if another gate has it, or it cannot be had
   */
  Held take(SessionPlace place, GateSpec spec) throws IOException {
    if (place.configMap().isEmpty()) {
      return new Held(FileSessionStore.open(place.file().orElseThrow()), Optional.empty());
    }
    ClusterSession session = cluster(place, spec);
    RolloutLease lease = host.lease(session.lease(), holder());
    CompletableFuture<RolloutLease> acquired = lease.acquire();
    acquired
        .copy()
        .orTimeout(TO_BE_SAID.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(late -> said(late, session));
    try {
      CompletableFuture.anyOf(acquired, stopping.givenUp()).get();
    } catch (ExecutionException e) {
      lease.close();
      throw e.getCause() instanceof IOException known
          ? known
          : new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lease.close();
      throw new Failure("interrupted while waiting for the " + session.lease(), e);
    }
    if (!acquired.isDone()) {
      lease.close();
      throw new IOException("stopped while waiting for the " + session.lease());
    }
    return new Held(session.store(lease), Optional.of(lease));
  }

  private RolloutLease said(Throwable late, ClusterSession session) {
    if (late instanceof TimeoutException) {
      surroundings
          .err()
          .println(
              "canary-gate: another process holds the "
                  + session.lease()
                  + "; waiting until it has ended or is silent for "
                  + RolloutLease.SILENCE.toSeconds()
                  + " s");
    }
    return null;
  }

  private ClusterSession cluster(SessionPlace place, GateSpec spec) {
    return new ClusterSession(
        place.ownCluster() ? access.ownCluster() : access.cluster().urgent(),
        place.configMap().orElseThrow(),
        place.owner(),
        access.cluster().urgent(),
        spec);
  }

  /** A pod's name helps whoever looks at the Lease; a new process is always another holder. */
  private String holder() {
    String pod = surroundings.variable("HOSTNAME").orElse("canary-gate");
    return pod + "_" + UUID.randomUUID();
  }
}
