package io.jenkins.plugins.canarygate.frontend;

import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.JunitReport;
import io.jenkins.plugins.canarygate.report.MarkdownReport;
import io.jenkins.plugins.canarygate.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A report as files. Each is there whole or not at all. */
public final class ReportFiles {
  private static final Map<String, Function<Report, String>> RENDERERS = renderers();

  /** The names of the files. */
  public static final List<String> NAMES = List.copyOf(RENDERERS.keySet());

  private final Path folder;

  /**
   * @param folder where they are written; made if it is not there
   */
  public ReportFiles(Path folder) {
    this.folder = folder;
  }

  private static Map<String, Function<Report, String>> renderers() {
    Map<String, Function<Report, String>> all = new LinkedHashMap<>();
    all.put("report.json", JsonReport::render);
    all.put("report.md", MarkdownReport::render);
    all.put("junit.xml", JunitReport::render);
    return all;
  }

  /**
   * Writes all of them.
   *
   * @return what could not be written, and why; a verdict never depends on it
   */
  public List<String> write(Report report) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      return List.of("the report folder " + folder + " cannot be made: " + why(e));
    }
    List<String> problems = new ArrayList<>();
    RENDERERS.forEach(
        (name, renderer) -> {
          try {
            replace(folder.resolve(name), renderer.apply(report));
          } catch (IOException e) {
            problems.add(folder.resolve(name) + " could not be written: " + why(e));
          }
        });
    return problems;
  }

  private void replace(Path file, String text) throws IOException {
    Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
    try {
      Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
      readableAsOthers(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** A temporary file is its owner's alone; a report is for whoever may read the folder. */
  private static void readableAsOthers(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(
          file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  private static String why(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "it is not ours to write; name another folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file of that name stands in the way; name another folder";
    }
    if (e instanceof FileSystemException problem && problem.getReason() != null) {
      return problem.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
