package io.jenkins.plugins.canarygate.server.checks;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.gatefile.Checks;
import io.jenkins.plugins.canarygate.gatefile.ChecksFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import io.jenkins.plugins.canarygate.gatefile.NamedCheck;
import io.jenkins.plugins.canarygate.host.HostClock;
import io.jenkins.plugins.canarygate.host.NamedThreads;
import io.jenkins.plugins.canarygate.host.SystemTimers;
import io.jenkins.plugins.canarygate.server.ServerMetrics;
import io.jenkins.plugins.canarygate.server.StartFaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * What named checks need.
 *
 * @param checks the file of {@code --checks}
 * @param tokens the file of {@code --token-file}
 * @param client the cluster
 * @param namespace where replicas agree by Leases; empty: each measures for itself
 * @param identity what this replica calls itself; no other may, not even its successor
 * @param sources where values come from
 * @param clock the time
 * @param say takes a line for whoever runs the server
 */
public record ChecksSetup(
    Optional<Path> checks,
    Optional<Path> tokens,
    KubernetesClient client,
    Optional<String> namespace,
    String identity,
    CheckSources sources,
    HostClock clock,
    Consumer<String> say) {
  /** For calls that block: to the sources and for Leases. */
  private static final int THREADS = 8;

  private static final int MOST_BYTES = 256 * 1024;

  /**
   * Reads the files and makes the part of the server; nothing is contacted yet.
   *
   * @throws StartFaults with everything that is wrong with the files
   */
  public ChecksPart open(ServerMetrics server) throws StartFaults {
    ChecksMetrics metrics = new ChecksMetrics(server.registry());
    List<String> faults = new ArrayList<>();
    Optional<WatchedFile<Checks>> checksFile =
        checks.flatMap(path -> open("--checks", path, MOST_BYTES, this::checks, metrics, faults));
    Optional<WatchedFile<Tokens>> tokenFile =
        tokens.flatMap(
            path -> open("--token-file", path, Tokens.MOST_BYTES, Tokens::read, metrics, faults));
    if (!faults.isEmpty()) {
      throw new StartFaults(faults);
    }
    metrics.shared(false);
    Optional<LeaseSharing> leases =
        namespace.map(space -> new LeaseSharing(client, space, identity, clock, metrics, say));
    if (leases.isEmpty() && checks.isPresent()) {
      say.accept(
          "named checks: each replica measures for itself, for no namespace is known where they"
              + " could agree; name one with --checks-namespace");
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(THREADS, new NamedThreads("canary-gate-checks"));
    return new ChecksPart(
        checksFile,
        tokenFile,
        leases,
        sources,
        new CheckRuntime(
            clock, new SystemTimers(), pool, () -> ThreadLocalRandom.current().nextLong(), say),
        pool,
        metrics);
  }

  private <T> Optional<WatchedFile<T>> open(
      String flag,
      Path path,
      int mostBytes,
      WatchedFile.Reader<T> reader,
      ChecksMetrics metrics,
      List<String> faults) {
    try {
      return Optional.of(WatchedFile.open(flag, path, mostBytes, reader, metrics, say));
    } catch (FileFaults e) {
      faults.addAll(e.lines());
      return Optional.empty();
    }
  }

  /** The checks of a file, each of which could be measured: a missing key is found out here. */
  private Checks checks(byte[] content, String fileName) throws FileFaults {
    Checks read;
    try {
      read = ChecksFile.read(content, fileName);
    } catch (GateFileException e) {
      throw new FileFaults(e.faults().stream().map(fault -> fault.in(fileName)).toList());
    }
    Set<String> problems = new LinkedHashSet<>();
    for (NamedCheck check : read.checks().values()) {
      try {
        sources.source(check.sample());
      } catch (RuntimeException e) {
        problems.add(fileName + ": check '" + check.name() + "': " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new FileFaults(List.copyOf(problems));
    }
    return read;
  }
}
