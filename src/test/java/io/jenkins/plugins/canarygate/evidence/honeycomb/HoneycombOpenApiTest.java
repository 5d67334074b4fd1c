package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every body that is sent is one that Honeycomb's own OpenAPI description allows. */
class HoneycombOpenApiTest {
  private final FakeHoneycomb honeycomb = new FakeHoneycomb();
  private final Bench bench = new Bench(honeycomb);
  private Path description;

  @BeforeEach
  void whereIsTheDescription() {
    description =
        Path.of(System.getProperty("upstream.dir", "../shared/upstream"))
            .resolve("honeycomb/openapi.json");
    Assumptions.assumeTrue(
        Files.exists(description),
        "skipped: Honeycomb's OpenAPI description is not there; give -Dupstream.dir");
  }

  @AfterEach
  void close() {
    honeycomb.close();
  }

  private void allows(String schema, JsonNode body) {
    JsonSchema found =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                SchemaLocation.of(
                    description.toAbsolutePath().normalize().toUri()
                        + "#/components/schemas/"
                        + schema));
    assertThat(found.validate(body.toString(), InputFormat.JSON)).as(body.toString()).isEmpty();
    Set<String> known = Set.copyOf(names(schema));
    assertThat(body.fieldNames()).toIterable().as("unknown fields").allMatch(known::contains);
  }

  private List<String> names(String schema) {
    List<String> names = new java.util.ArrayList<>();
    try {
      FakeHoneycomb.JSON
          .readTree(description.toFile())
          .at("/components/schemas/" + schema + "/properties")
          .fieldNames()
          .forEachRemaining(names::add);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return names;
  }

  @Test
  void queriesAndResultsAreAsDescribed() {
    bench.split();
    bench.query("count", "{\"calculations\":[{\"op\":\"COUNT\"}]}", null, Bench.BOTH);
    bench.query(
        "any of",
        "{\"calculations\":[{\"op\":\"P95\",\"column\":\"ms\"}],\"filter_combination\":\"OR\","
            + "\"filters\":[{\"column\":\"a\",\"op\":\"exists\"},{\"column\":\"b\",\"op\":\">\",\"value\":1}]}",
        null,
        Bench.BOTH,
        Optional.of(new MinimumSamples(5, true)));
    bench.query(
        "formula",
        "{\"calculations\":[{\"op\":\"COUNT\",\"name\":\"n\",\"filters\":[]}],"
            + "\"formulas\":[{\"name\":\"f\",\"expression\":\"MUL($n, 2)\"}]}",
        null,
        Set.of(Cohort.CANARY));
    bench.quota = new HoneycombQuota(10);
    bench.source().prepare(bench.context());
    bench.measure();
    assertThat(honeycomb.asked("POST /1/queries"))
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(asked -> allows("Query", asked.body()));
    assertThat(honeycomb.asked("POST /1/query_results"))
        .isNotEmpty()
        .allSatisfy(asked -> allows("CreateQueryResultRequest", asked.body()));
  }

  @Test
  void markersAreAsDescribed() throws Exception {
    HoneycombMarkers markers =
        new HoneycombMarkers(bench.client, new HoneycombGateSection.Marker("deploy", "shop"));
    markers.close(markers.open("began", bench.now).orElseThrow(), "PASS", bench.now);
    allows("Marker", honeycomb.asked("POST /1/markers").get(0).body());
    allows("Marker", honeycomb.asked("PUT /1/markers").get(0).body());
  }

  @Test
  void theExamplesOfResultsAreRead() throws Exception {
    JsonNode examples =
        FakeHoneycomb.JSON
            .readTree(description.toFile())
            .at("/paths/~11~1query_results~1{datasetSlug}~1{queryResultId}/get/responses/200")
            .at("/content/application~1json/examples");
    QueryResult simple = QueryResult.of(examples.at("/Simple Query/value"));
    assertThat(simple.rows().get(0).path("COUNT").asInt()).isEqualTo(20769);
    assertThat(simple.link().orElseThrow()).endsWith("/result/dfg456");
    QueryResult failed = QueryResult.of(examples.at("/Failed Query/value"));
    assertThat(failed.error()).contains("we had trouble fetching your results! try again?");
    QueryResult grouped = QueryResult.of(examples.at("/Query with Filter and Group By/value"));
    assertThat(grouped.complete()).as("its data is not looked at").isFalse();
  }
}
