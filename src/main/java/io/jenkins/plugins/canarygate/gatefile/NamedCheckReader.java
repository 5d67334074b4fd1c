package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.WindowRule;
import io.jenkins.plugins.canarygate.evidence.SourceSection;
import io.jenkins.plugins.canarygate.evidence.SourceSection.SectionFault;
import io.jenkins.plugins.canarygate.evidence.SourceTraits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads one named check. */
final class NamedCheckReader {
  private static final Duration DAY = Duration.ofDays(1);

  /** What a measurement may take, and other replicas to learn of it, before a value is missed. */
  private static final Duration LATENESS = Duration.ofSeconds(30);

  private static final Duration USUAL_LATENESS = Duration.ofMinutes(1);
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

  private static final RawChecks.Defaults STANDARD =
      new Binder(new Faults())
          .bind(RawChecks.Defaults.class, Defaults.node("{}"), Path.ROOT)
          .orElseThrow();

  private final RawNamedCheck raw;
  private final RawChecks.Defaults defaults;
  private final Scope scope;
  private final Scope defaultsScope;

  NamedCheckReader(
      RawNamedCheck raw, RawChecks.Defaults defaults, Scope scope, Scope defaultsScope) {
    this.raw = raw;
    this.defaults = defaults == null ? STANDARD : defaults;
    this.scope = scope;
    this.defaultsScope = defaultsScope;
  }

  /**
   * The check; empty where what is wrong leaves none.
   *
   * @param written the same with its placeholders
   */
  Optional<NamedCheck> read(Node.Mapping written) {
    boolean named = raw.name() != null && NAME.matcher(raw.name()).matches();
    if (raw.name() != null && !named) {
      scope
          .field("name")
          .fault("must be letters, digits, - and _, beginning with a letter, at most 63");
    }
    Optional<SourceSection> source = raw.source().get(SourceSection.class);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    String word = raw.source().byWord().keySet().iterator().next();
    if (!usable(source.get(), scope.field(word))) {
      return Optional.empty();
    }
    ScheduleReader reader = new ScheduleReader(raw.asCheck(), scope, standard(), defaultsScope);
    SourceTraits traits = source.get().traits();
    Schedule schedule = reader.schedule(traits, DAY);
    Optional<WindowRule> window = reader.window(traits);
    Optional<MinimumSamples> samples = reader.samples(traits);
    NamedCheck.Times times = times(schedule.interval());
    if (!named || scope.faulty()) {
      return Optional.empty();
    }
    Sections.Section section = Sections.find(Role.NAMED, word).orElseThrow();
    return Optional.of(
        new NamedCheck(
            raw.name(),
            new NamedCheck.Source(word, section.type(), written.get(word).orElseThrow()),
            times,
            window,
            samples));
  }

  private static boolean usable(SourceSection source, Scope section) {
    if (section.unresolved() || section.faulty()) {
      return false;
    }
    List<SectionFault> faults = new ArrayList<>(source.faults());
    if (faults.isEmpty()) {
      faults.addAll(source.faultsWhenNamed());
    }
    faults.forEach(fault -> section.part(fault.path()).fault(fault.message()));
    return faults.isEmpty();
  }

  /** The defaults as those of a gate would be. */
  private RawCheck.Defaults standard() {
    return new RawCheck.Defaults(
        value(null, RawChecks.Defaults::window),
        Duration.ZERO,
        value(null, RawChecks.Defaults::interval),
        1,
        0,
        0,
        0,
        defaults.minimumSamples());
  }

  private NamedCheck.Times times(Duration interval) {
    Duration given = raw.maxAge() != null ? raw.maxAge() : defaults.maxAge();
    Duration maxAge = given == null ? interval.plus(USUAL_LATENESS) : given;
    Duration least = interval.plus(LATENESS);
    if (maxAge.compareTo(least) < 0) {
      whereGiven("maxAge")
          .fault(
              "must be at least "
                  + Durations.text(least)
                  + ", the interval and "
                  + Durations.text(LATENESS)
                  + ", so that the next value comes in time");
    }
    Duration idleAfter = value(raw.idleAfter(), RawChecks.Defaults::idleAfter);
    if (idleAfter.compareTo(interval) < 0) {
      whereGiven("idleAfter").fault("must be at least the interval, " + Durations.text(interval));
    }
    for (String field : List.of("maxAge", "idleAfter")) {
      Duration length = field.equals("maxAge") ? maxAge : idleAfter;
      if (length.compareTo(DAY) > 0) {
        whereGiven(field).fault("must be at most " + Durations.text(DAY));
      }
    }
    return new NamedCheck.Times(interval, maxAge, idleAfter);
  }

  private <T> T value(T own, Function<RawChecks.Defaults, T> field) {
    if (own != null) {
      return own;
    }
    T common = field.apply(defaults);
    return common != null ? common : field.apply(STANDARD);
  }

  private Scope whereGiven(String field) {
    return scope.given(field) || !defaultsScope.given(field)
        ? scope.field(field)
        : defaultsScope.field(field);
  }
}
