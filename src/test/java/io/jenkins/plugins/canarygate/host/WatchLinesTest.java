package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.host.WatchConnector.WatchFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WatchLinesTest {
  private static final String EVENTS =
      """
      {"type":"ADDED","object":{"kind":"Rollout","spec":{"metadata":{"name":"inner"},\
      "list":[{"name":"x"}]},"metadata":{"labels":{"name":"é"},"name":"checkout",\
      "resourceVersion":"41","managedFields":[{"name":"y"}]},"status":{"name":"z"}}}

      {"object":{"metadata":{"name":"cart","resourceVersion":"42"}},"type":"MODIFIED"}
      {"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"43"}}}
      {"type":"DELETED","object":{"metadata":{"name":"checkout","resourceVersion":"44"}}}
      """;

  private final List<String> heard = new ArrayList<>();
  private final WatchLines lines =
      new WatchLines(
          new WatchConnector.Events() {
            @Override
            public void at(String resourceVersion) {
              heard.add("at " + resourceVersion);
            }

            @Override
            public void changed(String namespace, String name) {
              heard.add(name);
            }

            @Override
            public void ended(WatchFailure why) {
              heard.add("ended");
            }
          });

  private boolean read(String text) {
    return lines.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Property(tries = 200)
  void eventsAreReadHoweverTheStreamIsCut(@ForAll @IntRange(min = 1, max = 400) int piece) {
    heard.clear();
    byte[] bytes = EVENTS.getBytes(StandardCharsets.UTF_8);

    for (int from = 0; from < bytes.length; from += piece) {
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
      assertThat(lines.read(ByteBuffer.wrap(part))).isTrue();
    }

    assertThat(heard)
        .containsExactly("at 41", "checkout", "at 42", "cart", "at 43", "at 44", "checkout");
  }

  @Test
  void goneEndsTheStreamAsGone() {
    assertThat(
            read(
                "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,"
                    + "\"metadata\":{}}}\n"))
        .isFalse();
    assertThat(lines.end().kind()).isEqualTo(WatchFailure.Kind.GONE);
    assertThat(heard).isEmpty();
  }

  @Test
  void anotherErrorEndsItWithTheWaitThatIsAsked() {
    read(
        "{\"type\":\"ERROR\",\"object\":{\"code\":500,"
            + "\"details\":{\"causes\":[{}],\"retryAfterSeconds\":7}}}\n");

    assertThat(lines.end().kind()).isEqualTo(WatchFailure.Kind.LOST);
    assertThat(lines.end().retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void whatIsNoJsonEndsIt() {
    assertThat(read("<html>\n")).isFalse();
    assertThat(read(EVENTS)).isFalse();
    assertThat(heard).isEmpty();
    assertThat(lines.end().kind()).isEqualTo(WatchFailure.Kind.LOST);
  }

  @Test
  void aLineOfAnotherShapeSaysNothing() {
    assertThat(read("[1, {\"name\":\"x\"}]\n{\"type\":7,\"object\":\"x\"}\nnull\n\n")).isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void aLineWithoutAnEndIsNotReadForEver() {
    String piece = "x".repeat(1 << 20);
    boolean more = true;
    int pieces = 0;
    while (more && pieces < 100) {
      more = read(piece);
      pieces++;
    }

    assertThat(pieces).isLessThan(10);
  }

  @Test
  void aStreamThatSimplyEndsIsLost() {
    read(EVENTS);

    assertThat(lines.end().kind()).isEqualTo(WatchFailure.Kind.LOST);
  }
}
