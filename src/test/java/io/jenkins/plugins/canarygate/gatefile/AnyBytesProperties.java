package io.jenkins.plugins.canarygate.gatefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes are, reading ends, with a gate or with faults that say where. */
class AnyBytesProperties {
  private static final List<String> PIECES =
      List.of(
          "apiVersion: canary-gate/v1\n",
          "kind: Gate\n",
          "spec:\n",
          "  checks:\n",
          "  - ",
          "name: ",
          "{",
          "}",
          "[",
          "]",
          ", ",
          ": ",
          "\n",
          "  ",
          "\t",
          "'",
          "\"",
          "|\n",
          ">\n",
          "? ",
          "- ",
          "&a ",
          "*a ",
          "!!str ",
          "%YAML 1.2\n",
          "---\n",
          "...\n",
          "# x\n",
          "${",
          "$${",
          "}",
          "\\",
          "honeycomb",
          "query",
          "fail",
          "> 1%",
          "ratio",
          "5m",
          "1e9",
          "null",
          "true",
          "<<",
          "é",
          "at: ",
          "progressing",
          "count: ",
          "-1",
          "\u0085",
          "\u2028",
          "\uD83D\uDE00");

  @Property(tries = 500)
  void noBytesMakeTheReaderDoAnythingElse(@ForAll byte[] content) {
    reads(content);
  }

  @Property(tries = 3000)
  void noMixtureOfYamlDoes(@ForAll("mixtures") String text) {
    reads(TestGates.bytes(text));
  }

  @Property(tries = 3000)
  void noChangeOfAGoodFileDoes(@ForAll("changed") String text) {
    reads(TestGates.bytes(text));
  }

  private static void reads(byte[] content) {
    try {
      assertThat(GateFile.read(content, "g", Map.of("image", "a:1")).spec().checks()).isNotEmpty();
    } catch (GateFileException e) {
      assertThat(e.faults()).isNotEmpty();
      assertThat(e.getMessage().lines())
          .as("each fault is one line of its own")
          .hasSize(Math.min(201, e.faults().size()));
    }
  }

  @Provide
  Arbitrary<String> mixtures() {
    return Arbitraries.of(PIECES).list().ofMaxSize(60).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> changed() {
    String good = Docs.read(Docs.file("examples/canary-against-stable.yaml"));
    Arbitrary<Integer> at = Arbitraries.integers().between(0, good.length());
    Arbitrary<Integer> length = Arbitraries.integers().between(0, 12);
    Arbitrary<String> piece = Arbitraries.of(PIECES);
    return net.jqwik.api.Combinators.combine(at, length, piece)
        .as(
            (from, cut, put) ->
                good.substring(0, from)
                    + put
                    + good.substring(Math.min(good.length(), from + cut)));
  }
}
