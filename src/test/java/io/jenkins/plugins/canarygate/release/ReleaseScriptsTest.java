package io.jenkins.plugins.canarygate.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The scripts of a release")
@Timeout(60)
class ReleaseScriptsTest {
  private static final String DIGEST = "sha256:" + "a".repeat(64);

  @TempDir Path folder;
  private String said;
  private String complaint;

  private int run(String script, Object... args) throws Exception {
    List<String> words = new ArrayList<>(List.of(Path.of("release", script).toString()));
    for (Object arg : args) {
      words.add(arg.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().merge("PATH", folder.toString(), (path, mine) -> mine + ":" + path);
    Process process =
        builder
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    said = Files.readString(folder.resolve("out"));
    complaint = Files.readString(folder.resolve("err"));
    return process.exitValue();
  }

  @Test
  void theTaskIsWrittenWithItsImage() throws Exception {
    assertThat(run("tekton", "registry.example:5000/gates/canary-gate@" + DIGEST))
        .as(complaint)
        .isZero();

    JsonNode image = new YAMLMapper().readTree(said).at("/spec/params/0");
    assertThat(image.path("name").asText()).isEqualTo("image");
    assertThat(image.path("default").asText())
        .isEqualTo("registry.example:5000/gates/canary-gate@" + DIGEST);
  }

  @Test
  void anImageByTagIsRefused() throws Exception {
    assertThat(run("tekton", "registry.example/canary-gate:1.0")).isEqualTo(2);

    assertThat(said).isEmpty();
    assertThat(complaint).contains("is no image by digest");
  }

  private Path image(String name, String architecture, String version) throws IOException {
    Path image = folder.resolve(name);
    Path blobs = Files.createDirectories(image.resolve("oci/blobs/sha256"));
    Files.writeString(blobs.resolve(name), architecture);
    Files.writeString(
        image.resolve("oci/index.json"),
        """
        {"schemaVersion": 2, "manifests": [{
          "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:%s", "size": 5,
          "platform": {"os": "linux", "architecture": "%s"},
          "annotations": {"org.opencontainers.image.ref.name": "%s"}}]}
        """
            .formatted(name, architecture, version));
    Files.writeString(image.resolve("digest"), "sha256:" + name + "\n");
    Files.writeString(image.resolve("sbom.json"), "{}");
    return image;
  }

  private static void needs(String command) throws Exception {
    boolean there = new ProcessBuilder("sh", "-c", "command -v " + command).start().waitFor() == 0;
    assumeTrue(there, command + " is not on the PATH");
  }

  @Test
  void imagesOfTwoArchitecturesAreJoinedUnderOneDigest() throws Exception {
    needs("jq");
    Path to = folder.resolve("joined");

    assertThat(run("image/join", to, image("one", "amd64", "1.0"), image("two", "arm64", "1.0")))
        .as(complaint)
        .isZero();

    String digest = Files.readString(to.resolve("digest")).strip().substring("sha256:".length());
    Path blobs = to.resolve("oci/blobs/sha256");
    byte[] index = Files.readAllBytes(blobs.resolve(digest));
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(index)))
        .isEqualTo(digest);
    JsonNode manifests = new ObjectMapper().readTree(index).path("manifests");
    assertThat(manifests.findValuesAsText("architecture")).containsExactly("amd64", "arm64");
    assertThat(manifests.findValuesAsText("digest")).containsExactly("sha256:one", "sha256:two");
    assertThat(blobs.resolve("one")).exists();
    assertThat(blobs.resolve("two")).exists();
  }

  @Test
  void imagesThatDoNotBelongTogetherAreNotJoined() throws Exception {
    needs("jq");

    assertThat(
            run(
                "image/join",
                folder.resolve("to"),
                image("a", "amd64", "1.0"),
                image("b", "arm64", "2.0")))
        .isEqualTo(2);
    assertThat(complaint).contains("several versions: 1.0 2.0");
    assertThat(
            run(
                "image/join",
                folder.resolve("to"),
                image("c", "amd64", "1.0"),
                image("d", "amd64", "1.0")))
        .isEqualTo(2);
    assertThat(complaint).contains("two of these are of one architecture");
  }

  private List<String> signed() throws IOException {
    return Files.readAllLines(folder.resolve("signed"), StandardCharsets.UTF_8);
  }

  private void cosign() throws IOException {
    Path cosign = folder.resolve("cosign");
    Files.writeString(cosign, "#!/bin/sh\necho \"$*\" >>'" + folder.resolve("signed") + "'\n");
    assertThat(cosign.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void theDigestIsSignedAndTheSbomAttached() throws Exception {
    cosign();
    Path image = image("one", "amd64", "1.0");

    assertThat(run("image/sign", "registry.example:5000/canary-gate", image))
        .as(complaint)
        .isZero();

    assertThat(signed())
        .containsExactly(
            "sign --yes registry.example:5000/canary-gate@sha256:one",
            "attest --yes --type cyclonedx --predicate "
                + image.resolve("sbom.json")
                + " registry.example:5000/canary-gate@sha256:one");
  }

  @Test
  void aTagIsNotSigned() throws Exception {
    cosign();

    assertThat(run("image/sign", "registry.example/canary-gate:1.0", image("one", "amd64", "1.0")))
        .isEqualTo(2);

    assertThat(complaint).contains("has a tag or a digest");
    assertThat(folder.resolve("signed")).doesNotExist();
  }
}
