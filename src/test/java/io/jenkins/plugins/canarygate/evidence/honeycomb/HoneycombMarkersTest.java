package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.Announcer.AnnounceException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoneycombMarkersTest {
  private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
  private final FakeHoneycomb honeycomb = new FakeHoneycomb();
  private final HoneycombMarkers markers =
      markers(new HoneycombGateSection.Marker("deploy", "shop"));

  private HoneycombMarkers markers(HoneycombGateSection.Marker marker) {
    return new HoneycombMarkers(
        new HoneycombClient(Bench.HTTP, honeycomb.url(), () -> Bench.KEY, () -> START), marker);
  }

  @AfterEach
  void close() {
    honeycomb.close();
  }

  @Test
  void aMarkerIsSetAtTheStartAndClosedWithTheVerdict() throws Exception {
    String ticket = markers.open("gate checkout began", START).orElseThrow();
    markers.close(ticket, "PASS", START.plusSeconds(300));
    JsonNode opened = honeycomb.asked("POST /1/markers/shop").get(0).body();
    assertThat(opened)
        .hasToString(
            "{\"start_time\":1700000000,\"message\":\"gate checkout began\",\"type\":\"deploy\"}");
    JsonNode closed = honeycomb.asked("PUT /1/markers/shop/d1c84ec0").get(0).body();
    assertThat(closed)
        .as("a field that is left out would be erased")
        .hasToString(
            "{\"start_time\":1700000000,\"message\":\"PASS\",\"type\":\"deploy\","
                + "\"end_time\":1700000300}");
    assertThat(ticket).doesNotContain(Bench.KEY);
  }

  @Test
  void withoutADatasetTheMarkerIsTheEnvironments() throws Exception {
    markers(new HoneycombGateSection.Marker(null, null)).open("x", START);
    assertThat(honeycomb.asked("POST /1/markers/__all__").get(0).body().path("type").asText())
        .isEqualTo("deploy");
  }

  @Test
  void aRefusalNamesTheRightThatIsMissing() {
    honeycomb.once("POST /1/markers", 403, "{}");
    assertThatThrownBy(() -> markers.open("x", START))
        .isInstanceOf(AnnounceException.class)
        .hasMessageContaining("Manage Markers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "h1 ../x 5", "h1 a", "h2 a 5"})
  void aTicketThatIsNoneIsNotSentAnywhere(String ticket) {
    assertThatThrownBy(() -> markers.close(ticket, "x", START))
        .isInstanceOf(AnnounceException.class);
    assertThat(honeycomb.asked("")).isEmpty();
  }
}
