package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.canarygate.frontend.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoneycombOptionsTest {
  @TempDir Path folder;
  private final Secrets secrets = new Secrets();

  @Test
  void theFlagsFileComesBeforeTheVariableAndThatBeforeTheVariablesFile() throws IOException {
    Path flag = Files.writeString(folder.resolve("flag"), "from-the-flag\n");
    Path named = Files.writeString(folder.resolve("named"), "from-the-file\n");
    Surroundings all =
        around(Map.of("HONEYCOMB_API_KEY", "from-env", "HONEYCOMB_API_KEY_FILE", named.toString()));
    Surroundings file = around(Map.of("HONEYCOMB_API_KEY_FILE", named.toString()));

    assertThat(options(flag, null, 3).key(all, secrets).get()).isEqualTo("from-the-flag");
    assertThat(options(null, null, 3).key(all, secrets).get()).isEqualTo("from-env");
    assertThat(options(null, null, 3).key(file, secrets).get()).isEqualTo("from-the-file");
  }

  @Test
  void aKeyThatWasRotatedIsPickedUpAndHiddenToo() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "first-key-of-all");
    Supplier<String> key = options(file, null, 3).key(around(Map.of()), secrets);
    Files.writeString(file, "second-key-of-all");

    assertThat(key.get()).isEqualTo("second-key-of-all");
    assertThat(secrets.scrub("first-key-of-all second-key-of-all")).isEqualTo("*** ***");
  }

  @Test
  void withoutAnyKeyItIsSaidWhereOneCanBePut() {
    assertThatThrownBy(() -> options(null, null, 3).key(around(Map.of()), secrets))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("HONEYCOMB_API_KEY")
        .hasMessageContaining("--honeycomb-key-file");
  }

  @Test
  void aFileTooLargeToHoldAKeyIsRefusedWithoutQuotingIt() throws IOException {
    Path large = Files.writeString(folder.resolve("large"), "secret".repeat(1000));

    assertThatThrownBy(() -> options(large, null, 3).key(around(Map.of()), secrets))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("too large")
        .hasMessageNotContaining("secretsecret");
  }

  @Test
  void theRegionComesBeforeTheAddress() {
    Surroundings address = around(Map.of("HONEYCOMB_API_URL", "https://proxy.example"));

    assertThat(options(null, HoneycombOptions.Region.eu, 3).address(address))
        .isEqualTo("https://api.eu1.honeycomb.io");
    assertThat(options(null, null, 3).address(address)).isEqualTo("https://proxy.example");
    assertThat(options(null, null, 3).address(around(Map.of())))
        .isEqualTo("https://api.honeycomb.io");
  }

  @Test
  void aQuotaOfNoneIsMisuse() {
    assertThatThrownBy(() -> options(null, null, 0).resultsPerMinute())
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("at least 1");
    assertThat(options(null, null, 1).resultsPerMinute()).isEqualTo(1);
  }

  private static HoneycombOptions options(
      Path file, HoneycombOptions.Region region, int perMinute) {
    return new HoneycombOptions(file, region, perMinute);
  }

  private static Surroundings around(Map<String, String> env) {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
    return Surroundings.of(nowhere, nowhere, env);
  }
}
