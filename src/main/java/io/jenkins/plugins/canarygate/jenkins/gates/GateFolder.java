package io.jenkins.plugins.canarygate.jenkins.gates;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.canarygate.frontend.ReportFiles;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.SessionJson;
import io.jenkins.plugins.canarygate.host.SessionStore;
import io.jenkins.plugins.canarygate.host.WholeFile;
import io.jenkins.plugins.canarygate.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a gate keeps with its build: {@code order.json}, the gate itself ({@code gate.yaml} or
 * {@code gate.json}), {@code session.json}, {@code stop.json} once it is to end, and the reports.
 * It never makes the build's own folder: a build that was deleted stays deleted.
 */
public final class GateFolder implements SessionStore {
  /** Where the folders of a build's gates are, in the build's own folder. */
  public static final String NAME = "canary-gate";

  private static final String ORDER = "order.json";
  static final String FILE = "gate.yaml";
  private static final String FILE_NAME = "gate.name";
  static final String TREE = "gate.json";
  private static final String SESSION = "session.json";
  private static final String STOP = "stop.json";
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Supplier<Path> folder;

  public GateFolder(Path folder) {
    this(() -> folder);
  }

  /**
   * @param folder where it is at that moment: a build's folder moves when that of its job does
   */
  GateFolder(Supplier<Path> folder) {
    this.folder = folder;
  }

  /** Where it is. */
  public Path path() {
    return folder.get();
  }

  /**
   * Makes the folder and keeps the order.
   *
   * @throws IOException if the build has been deleted, or nothing can be written
   */
  void order(GateOrder order) throws IOException {
    make();
    WholeFile.write(path().resolve(ORDER), order.json().getBytes(StandardCharsets.UTF_8), false);
  }

  private void make() throws IOException {
    if (!hasBuild()) {
      throw new NoSuchFileException(path().toString(), null, "the build has been deleted");
    }
    Files.createDirectories(path());
  }

  private boolean hasBuild() {
    Path gates = path().getParent();
    Path build = gates == null ? null : gates.getParent();
    return build != null && Files.isDirectory(build);
  }

  /**
   * Keeps that the gate is to end. It is not forced to disk, since Pipeline's own thread may do
   * this: the session, which is, says the same a moment later. Of a deleted build nothing is kept.
   */
  void stop(StopRequest stop) throws IOException {
    if (!hasBuild()) {
      return;
    }
    make();
    WholeFile.write(path().resolve(STOP), JSON.writeValueAsBytes(stop), false);
  }

  /** That the gate was to end when Jenkins stopped. */
  Optional<StopRequest> stop() throws IOException {
    Optional<byte[]> kept = read(STOP);
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of(JSON.readValue(kept.get(), StopRequest.class));
  }

  Optional<GateOrder> order() throws IOException {
    Optional<byte[]> kept = read(ORDER);
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of(GateOrder.read(new String(kept.get(), StandardCharsets.UTF_8)));
  }

  /** Keeps the gate as it was given, so that nothing that changes later changes this one. */
  void text(GateText text) throws IOException {
    if (text instanceof GateText.Bytes bytes) {
      byte[] name = bytes.name().getBytes(StandardCharsets.UTF_8);
      WholeFile.write(path().resolve(FILE_NAME), name, false);
      WholeFile.write(path().resolve(FILE), bytes.content(), true);
    } else if (text instanceof GateText.Tree tree) {
      WholeFile.write(path().resolve(TREE), JSON.writeValueAsBytes(tree.tree()), true);
    }
  }

  Optional<GateText> text() throws IOException {
    Optional<byte[]> tree = read(TREE);
    if (tree.isPresent()) {
      return Optional.of(
          new GateText.Tree(
              JSON.readValue(tree.get(), new TypeReference<Map<String, Object>>() {})));
    }
    Optional<byte[]> file = read(FILE);
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GateText.Bytes(
                read(FILE_NAME).map(n -> new String(n, StandardCharsets.UTF_8)).orElse(FILE),
                file.get()));
  }

  @Override
  public void save(GateSession session) throws IOException {
    if (!Files.isDirectory(path())) {
      if (session.cancel().isPresent()) {
        // A deleted build's gate ends with this process, and takes back what it must until then.
        return;
      }
      throw new IOException("the build's folder is gone, so the build has been deleted");
    }
    byte[] json = SessionJson.write(session).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(path().resolve(SESSION), json, true);
  }

  @Override
  public Optional<GateSession> load() throws IOException {
    Optional<byte[]> kept = read(SESSION);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SessionJson.read(new String(kept.get(), StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException unusable) {
      throw new IOException(path().resolve(SESSION) + ": " + unusable.getMessage(), unusable);
    }
  }

  /** Writes the reports; what cannot be written is answered, a line each. */
  List<String> report(Report report) {
    return Files.isDirectory(path()) ? new ReportFiles(path()).write(report) : List.of();
  }

  private Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(path().resolve(name)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }
}
