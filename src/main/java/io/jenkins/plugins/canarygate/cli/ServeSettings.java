package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.server.Limits;
import io.jenkins.plugins.canarygate.server.ListenAddress;
import io.jenkins.plugins.canarygate.server.PemFiles;
import io.jenkins.plugins.canarygate.server.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the flags of {@code serve}; all that is wrong is named at once. */
final class ServeSettings {
  private static final int HIGHEST_RATE = 100_000;
  private static final int LONGEST_DRAIN = 3600;
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final ListenAddress NONE = new ListenAddress("", 0);

  private final ServeOptions options;
  private final List<String> faults;

  /**
   * @param faults takes a line for each fault; what is returned is of no use then
   */
  ServeSettings(ServeOptions options, List<String> faults) {
    this.options = options;
    this.faults = faults;
  }

  ServerSettings read() {
    options.namespaces().stream()
        .filter(name -> !NAMESPACE.matcher(name).matches())
        .forEach(name -> faults.add("--namespace '" + name + "' is no name of a namespace"));
    return new ServerSettings(
        address("--listen", options.listen()),
        address("--flagger-listen", options.flaggerListen()),
        tls(),
        Limits.of(within("--caller-rate", options.callerRate(), 1, HIGHEST_RATE)),
        Limits.of(within("--flagger-caller-rate", options.flaggerCallerRate(), 1, HIGHEST_RATE)),
        Duration.ofSeconds(within("--drain", options.drainSeconds(), 0, LONGEST_DRAIN)));
  }

  private ListenAddress address(String flag, String text) {
    try {
      return ListenAddress.of(text);
    } catch (IllegalArgumentException e) {
      faults.add(flag + ": " + e.getMessage());
      return NONE;
    }
  }

  private Optional<PemFiles> tls() {
    Optional<Path> certificate = options.certificate();
    Optional<Path> key = options.key();
    if (certificate.isPresent() != key.isPresent()) {
      faults.add(
          "--tls-cert and --tls-key belong together; give "
              + (key.isPresent() ? "--tls-cert" : "--tls-key")
              + " too, or neither");
      return Optional.empty();
    }
    return certificate.map(file -> new PemFiles(file, key.orElseThrow()));
  }

  private int within(String flag, int value, int least, int most) {
    if (value < least || value > most) {
      faults.add(flag + " " + value + ": it must be from " + least + " to " + most);
    }
    return Math.max(least, Math.min(most, value));
  }
}
