package io.jenkins.plugins.canarygate.frontend;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A source that a gate had begun with and that can be asked no more. */
final class GoneSource implements EvidenceSource {
  private final String why;

  /**
   * @param why one line without a secret
   */
  GoneSource(String why) {
    this.why = why;
  }

  @Override
  public Preparation prepare(EvidenceContext context) {
    return new Preparation(Preparation.State.REFUSED, why);
  }

  @Override
  public Map<String, Reading> measure(List<EvidenceRequest> requests, EvidenceContext context) {
    Map<String, Reading> readings = new HashMap<>();
    requests.forEach(request -> readings.put(request.check(), Reading.Failed.because(why)));
    return readings;
  }
}
