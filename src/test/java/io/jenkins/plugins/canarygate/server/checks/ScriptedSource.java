package io.jenkins.plugins.canarygate.server.checks;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** A source that answers as it is told, and remembers what it was asked. */
final class ScriptedSource implements EvidenceSource {
  final List<EvidenceRequest> asked = new ArrayList<>();
  volatile Function<EvidenceRequest, Reading> answers;

  ScriptedSource(Reading always) {
    answers = request -> always;
  }

  static Reading.Answer value(double value, long samples) {
    return Reading.Answer.of(Values.of(value))
        .withSamples(OptionalLong.of(samples), OptionalLong.empty());
  }

  @Override
  public Preparation prepare(EvidenceContext context) {
    return Preparation.READY;
  }

  @Override
  public synchronized Map<String, Reading> measure(
      List<EvidenceRequest> requests, EvidenceContext context) {
    Map<String, Reading> readings = new HashMap<>();
    for (EvidenceRequest request : requests) {
      asked.add(request);
      readings.put(request.check(), answers.apply(request));
    }
    return readings;
  }
}
