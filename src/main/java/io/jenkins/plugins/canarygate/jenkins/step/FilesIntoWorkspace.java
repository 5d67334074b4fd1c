package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/** Writes small files into a folder of a workspace, where the workspace is. */
final class FilesIntoWorkspace extends MasterToSlaveFileCallable<Boolean> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final LinkedHashMap<String, byte[]> files;

  /**
   * @param folder relative to the workspace, with slashes; made where it is missing
   * @param files what is written, by name
   */
  FilesIntoWorkspace(String folder, Map<String, byte[]> files) {
    this.folder = folder;
    this.files = new LinkedHashMap<>(files);
  }

  /**
   * Writes them.
   *
   * @return false, and nothing is written, if a link leads out of the workspace there
   */
  @Override
  public Boolean invoke(File workspace, VirtualChannel channel) throws IOException {
    Path to = Files.createDirectories(workspace.toPath().resolve(folder)).toRealPath();
    if (!to.startsWith(workspace.toPath().toRealPath())) {
      return false;
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = to.resolve(file.getKey());
      // Anything there may be a link; a new file is not.
      Files.deleteIfExists(path);
      Files.write(path, file.getValue());
    }
    return true;
  }
}
