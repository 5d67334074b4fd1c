package io.jenkins.plugins.canarygate.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.report.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
  @TempDir Path folder;

  private static Report report() {
    GateSpec spec = Sessions.spec("checkout");
    return Report.of(spec, Sessions.begun(spec));
  }

  @Test
  void theThreeFilesAreWrittenIntoAFolderThatIsMade() throws IOException {
    Path made = folder.resolve("a/b");

    assertThat(new ReportFiles(made).write(report())).isEmpty();
    assertThat(names(made)).containsExactly("junit.xml", "report.json", "report.md");
    assertThat(JsonReport.read(Files.readString(made.resolve("report.json")))).isEqualTo(report());
    assertThat(Files.getPosixFilePermissions(made.resolve("report.md")))
        .containsExactlyInAnyOrderElementsOf(
            java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
  }

  @Test
  void anOlderReportIsReplaced() throws IOException {
    Files.writeString(folder.resolve("report.json"), "old");

    new ReportFiles(folder).write(report());

    assertThat(Files.readString(folder.resolve("report.json"))).startsWith("{");
  }

  @Test
  void whatStandsInTheWayIsSaidAndTheOthersAreWritten() throws IOException {
    Files.createDirectories(folder.resolve("report.json/full"));

    List<String> problems = new ReportFiles(folder).write(report());

    assertThat(problems).singleElement().asString().contains("report.json could not be written");
    assertThat(names(folder)).containsExactly("junit.xml", "report.json", "report.md");
  }

  @Test
  void aFileInPlaceOfTheFolderIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThat(new ReportFiles(file).write(report()))
        .singleElement()
        .asString()
        .contains("cannot be made")
        .contains("stands in the way; name another folder");
  }

  @Test
  void aFolderThatMayNotBeWrittenIsSaid() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
    assumeTrue(folder.toFile().setWritable(false));

    assertThat(new ReportFiles(folder).write(report()))
        .hasSize(3)
        .allSatisfy(problem -> assertThat(problem).contains("not ours to write"));
    assumeTrue(folder.toFile().setWritable(true));
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
