package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command's folder as it was built: moved, linked, with the libraries that it lists. */
@Timeout(60)
class CommandFolderIT {
  private static final Path BUILT = Path.of("target", "canary-gate").toAbsolutePath();
  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void isBuilt() {
    assumeTrue(Files.isDirectory(BUILT), "the folder is built by mvn package");
  }

  @Test
  void itRunsWhereItWasBuiltAndSaysItsVersion() throws Exception {
    Ended ended = run(BUILT.resolve("bin/canary-gate"), path(), "version");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).matches("canary-gate \\d+\\.\\d+\\S* \\(Java .*\\)\\n");
  }

  @Test
  void itRunsFromAFolderThatWasMovedToAPathWithSpaces() throws Exception {
    Path moved = copy(folder.resolve("a folder with $paces"));

    assertThat(run(moved.resolve("bin/canary-gate"), path(), "version").code()).isZero();
  }

  @Test
  void itRunsThroughLinksAbsoluteAndRelative() throws Exception {
    Path moved = copy(folder.resolve("moved here"));
    Path absolute =
        Files.createSymbolicLink(folder.resolve("gate"), moved.resolve("bin/canary-gate"));
    Path relative = Files.createSymbolicLink(folder.resolve("again"), Path.of("gate"));

    assertThat(run(absolute, path(), "version").code()).isZero();
    assertThat(run(relative, path(), "version").code()).isZero();
  }

  @Test
  void withoutJavaItSaysWhatToInstall() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : List.of("dirname", "readlink")) {
      Files.createSymbolicLink(tools.resolve(tool), find(tool));
    }

    Ended ended =
        run(BUILT.resolve("bin/canary-gate"), Map.of("PATH", tools.toString()), "version");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo("canary-gate: no Java found; install Java 17 or newer, or set JAVA_HOME\n");
  }

  @Test
  void itRunsAWholeGateWithTheLibrariesThatItHas() throws Exception {
    try (CommandBench bench = new CommandBench(folder)) {
      bench.pausedCanary(CommandBench.GOOD);
      Map<String, String> env = new HashMap<>(bench.env);
      env.putAll(path());
      Path command = BUILT.resolve("bin/canary-gate");

      Ended plan = run(command, env, "plan", bench.analysisGate().toString());
      Ended check = run(command, env, "check", bench.honeycombGate().toString());
      Ended run = run(command, env, "run", bench.analysisGate().toString());

      assertThat(plan.code()).as(plan.out() + plan.err()).isZero();
      assertThat(check.code()).as(check.out() + check.err()).isZero();
      assertThat(run.code()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).contains("checkout: PASS, promoted");
      assertThat(run(command, env, "schema").out()).startsWith("{");
    }
  }

  private static Map<String, String> path() {
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    return Map.of("PATH", java + ":" + System.getenv("PATH"));
  }

  private static Path find(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(part -> Path.of(part, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private Path copy(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(BUILT)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(BUILT.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return to;
  }

  private static Ended run(Path command, Map<String, String> env, String... args) throws Exception {
    List<String> words = new ArrayList<>(List.of(command.toString()));
    words.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(env);
    Path err = Files.createTempFile("canary-gate", ".err");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    String errors = Files.readString(err);
    Files.delete(err);
    return new Ended(process.exitValue(), out, errors);
  }
}
