package io.jenkins.plugins.canarygate.evidence.keptn;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.keptn.MetricReader.Read;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** One measurement by KeptnMetrics: one, or one for each cohort. */
final class MetricMeasurement {
  private final KeptnGate gate;
  private final Check check;
  private final EvidenceContext context;
  private final MetricReader reader;

  MetricMeasurement(KeptnGate gate, Check check, EvidenceContext context, MetricReader reader) {
    this.gate = gate;
    this.check = check;
    this.context = context;
    this.reader = reader;
  }

  Reading measure() throws KeptnException {
    Map<Cohort, Read> reads = new EnumMap<>(Cohort.class);
    reads.put(
        Cohort.CANARY,
        read(check.cohorts().isEmpty() ? Optional.empty() : Optional.of(Cohort.CANARY)));
    if (check.cohorts().contains(Cohort.STABLE)) {
      reads.put(Cohort.STABLE, read(Optional.of(Cohort.STABLE)));
    }
    for (Read read : reads.values()) {
      if (read instanceof Read.Broken broken) {
        return new Reading.Failed(broken.why(), Optional.of(broken.after()));
      }
    }
    for (Read read : reads.values()) {
      if (read instanceof Read.Soon soon) {
        return new Reading.NotYet(soon.lookAgain(), soon.why(), Optional.empty());
      }
    }
    return answer(reads);
  }

  private Read read(Optional<Cohort> cohort) throws KeptnException {
    return reader.read(
        gate.metric(gate.section(check.name()).metric(), gate.values(context.cohorts(), cohort)));
  }

  private static Reading answer(Map<Cohort, Read> reads) {
    List<String> details = new ArrayList<>();
    List<String> fetched = new ArrayList<>();
    for (Read read : reads.values()) {
      if (read instanceof Read.None none) {
        details.add(none.why());
      } else if (read instanceof Read.Value value) {
        details.add(value.source().title() + ", fetched " + Numbers.time(value.updated()) + " UTC");
        fetched.add(value.updated().toString());
      }
    }
    // The same value read twice is one measurement; without one there is nothing to read twice.
    Optional<String> identity =
        fetched.size() == reads.size() ? Optional.of(String.join(" ", fetched)) : Optional.empty();
    return Reading.Answer.of(
            new Values(value(reads.get(Cohort.CANARY)), value(reads.get(Cohort.STABLE))))
        .withDetail(String.join("; ", details))
        .withIdentity(identity);
  }

  private static OptionalDouble value(Read read) {
    return read instanceof Read.Value value
        ? OptionalDouble.of(value.value())
        : OptionalDouble.empty();
  }
}
