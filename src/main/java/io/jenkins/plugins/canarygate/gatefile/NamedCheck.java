package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.WindowRule;
import io.jenkins.plugins.canarygate.evidence.SourceSection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A check that others ask for by its name. */
public final class NamedCheck {
  private final String name;
  private final Source source;
  private final Times times;
  private final Optional<WindowRule> window;
  private final Optional<MinimumSamples> minimumSamples;
  private final Set<String> arguments;

  /** The section of its source as it is written. */
  record Source(String word, Class<? extends Record> type, Node section) {}

  /**
   * When it is measured.
   *
   * @param interval how often, while somebody asks for it
   * @param maxAge how old a value may be
   * @param idleAfter how long after it was last asked for it is measured on
   */
  public record Times(Duration interval, Duration maxAge, Duration idleAfter) {}

  /**
   * What it asks for one set of arguments.
   *
   * @param check how its values are taken; it has no criteria
   * @param section what its source is asked
   * @param digest tells it from what any other check asks, or this one with other arguments;
   *     SHA-256 in hex
   */
  public record Asked(Check check, SourceSection section, String digest) {}

  NamedCheck(
      String name,
      Source source,
      Times times,
      Optional<WindowRule> window,
      Optional<MinimumSamples> minimumSamples) {
    this.name = name;
    this.source = source;
    this.times = times;
    this.window = window;
    this.minimumSamples = minimumSamples;
    this.arguments = Set.copyOf(ArgumentFill.names(source.word(), source.section()));
  }

  public String name() {
    return name;
  }

  public Times times() {
    return times;
  }

  public Optional<WindowRule> window() {
    return window;
  }

  /** The arguments that it has a use for; a question gives each of them. */
  public Set<String> arguments() {
    return arguments;
  }

  /** What it would ask, with samples in place of the arguments. */
  public Asked sample() {
    Map<String, String> samples = new HashMap<>();
    arguments.forEach(argument -> samples.put(argument, ArgumentFill.SAMPLE));
    return ask(samples);
  }

  /** Tells what it measures from what any other check does, or this one after an edit. */
  public String definition() {
    return String.join(
        "\n",
        source.word(),
        JsonTree.of(source.section()).toString(),
        window.toString(),
        minimumSamples.toString());
  }

  /**
   * What it asks its source.
   *
   * @param values a value for each of {@link #arguments}, each without a {@link
   *     CheckArgument#problem}
   * @throws IllegalArgumentException if the source has no use for such a value; the message says
   *     what is wrong with it
   */
  public Asked ask(Map<String, String> values) {
    Faults faults = new Faults();
    Node filled = ArgumentFill.fill(source.section(), values);
    SourceSection section =
        new Binder(faults)
            .bind(source.type(), filled, source.word())
            .map(SourceSection.class::cast)
            .orElseThrow(() -> new IllegalArgumentException("cannot be asked with these values"));
    List<String> wrong =
        section.faults().stream()
            .map(fault -> Path.join(source.word(), fault.path()) + ": " + fault.message())
            .toList();
    if (faults.any() || !wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "the arguments cannot be used: "
              + (wrong.isEmpty() ? faults.sorted().get(0).message() : String.join("; ", wrong)));
    }
    return new Asked(
        new Check(
            name,
            section.describe(),
            Criteria.NONE,
            new Schedule(Duration.ZERO, times.interval(), 1, 0, 0, 0),
            window,
            minimumSamples,
            Set.of(),
            1,
            false,
            false,
            false),
        section,
        Digest.of((name + "\n" + definition()).getBytes(StandardCharsets.UTF_8), values));
  }
}
