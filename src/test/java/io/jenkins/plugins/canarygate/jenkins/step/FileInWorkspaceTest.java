package io.jenkins.plugins.canarygate.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileInWorkspaceTest {
  @TempDir Path agent;
  private Path workspace;

  @BeforeEach
  void checkOut() throws IOException {
    workspace = Files.createDirectories(agent.resolve("workspace"));
    Files.createDirectories(workspace.resolve("deploy"));
    Files.writeString(workspace.resolve("deploy/gate.yaml"), "kind: Gate");
    Files.writeString(agent.resolve("secret"), "hunter2");
  }

  private FileInWorkspace.Found find(String path) throws IOException {
    return new FileInWorkspace(path).invoke(workspace.toFile(), null);
  }

  @Test
  void aFileIsRead() throws IOException {
    assertThat(find("deploy/gate.yaml").content()).asString().isEqualTo("kind: Gate");
    assertThat(find("deploy/../deploy/gate.yaml").fault()).isNull();
  }

  @Test
  void aLinkWithinTheWorkspaceIsFollowed() throws IOException {
    Files.createSymbolicLink(workspace.resolve("gate.yaml"), Path.of("deploy/gate.yaml"));
    assertThat(find("gate.yaml").content()).asString().isEqualTo("kind: Gate");
  }

  @Test
  void nothingOutsideIsRead() throws IOException {
    assertThat(find("../secret").fault()).startsWith("is outside the workspace");
    assertThat(find(agent.resolve("secret").toString()).fault())
        .startsWith("is outside the workspace");
    Files.createSymbolicLink(workspace.resolve("link"), agent.resolve("secret"));
    assertThat(find("link").fault()).startsWith("leads out of the workspace by a link");
    Files.createSymbolicLink(workspace.resolve("folder"), agent);
    assertThat(find("folder/secret").fault()).startsWith("leads out of the workspace by a link");
  }

  @Test
  void whatIsNoGateFileIsSaid() throws IOException {
    assertThat(find("deploy/none.yaml").fault()).startsWith("is not in the workspace");
    assertThat(find("deploy").fault()).startsWith("is no file");
    assertThat(find("a\0b").fault()).startsWith("has a name that no file can have");
    Files.write(workspace.resolve("large"), new byte[256 * 1024 + 1]);
    assertThat(find("large").fault()).startsWith("is larger than 256 KB");
    Files.write(workspace.resolve("just"), new byte[256 * 1024]);
    assertThat(find("just").fault()).isNull();
  }

  @Test
  void reportsArePutIntoAFolderOfTheirOwn() throws IOException {
    String folder = "canary-gate/" + WorkspaceReports.folderName("check out/1");
    assertThat(write(folder, "{}")).isTrue();
    assertThat(write(folder, "[]")).isTrue();
    assertThat(workspace.resolve("canary-gate/check-out-1/report.json")).hasContent("[]");
    assertThat(WorkspaceReports.folderName("..")).isEqualTo("-");
  }

  @Test
  void reportsFollowNoLinkOutOfTheWorkspace() throws IOException {
    Files.createSymbolicLink(workspace.resolve("canary-gate"), agent);
    assertThat(write("canary-gate/checkout", "{}")).isFalse();
    assertThat(agent.resolve("checkout/report.json")).doesNotExist();
    Files.delete(workspace.resolve("canary-gate"));
    Path folder = Files.createDirectories(workspace.resolve("canary-gate/checkout"));
    Files.createSymbolicLink(folder.resolve("report.json"), agent.resolve("secret"));
    assertThat(write("canary-gate/checkout", "{}")).isTrue();
    assertThat(agent.resolve("secret")).hasContent("hunter2");
  }

  private boolean write(String folder, String content) throws IOException {
    return new FilesIntoWorkspace(
            folder, Map.of("report.json", content.getBytes(StandardCharsets.UTF_8)))
        .invoke(workspace.toFile(), null);
  }
}
