package io.jenkins.plugins.canarygate.jenkins.gates;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.canarygate.host.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Which gates have begun and not ended, and which were abandoned: a small file for each in a folder
 * of the controller's, so that a start need not read every build there is.
 */
final class OpenGates {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Path open;
  private final Path abandoned;

  /**
   * @param home the folder of the plugin in Jenkins' own
   */
  OpenGates(Path home) {
    this.open = home.resolve("open");
    this.abandoned = home.resolve("abandoned");
  }

  /**
   * A gate that is open.
   *
   * @param build see {@link GateKey#build}
   * @param id see {@link GateKey#id}
   * @param folder where it keeps its state
   */
  record Entry(String build, String id, String folder) {
    GateKey key() {
      return new GateKey(build, id);
    }
  }

  void begun(GateKey key, Path folder) throws IOException {
    Files.createDirectories(open);
    byte[] json =
        JSON.writeValueAsBytes(
            new Entry(key.build(), key.id(), folder.toAbsolutePath().toString()));
    WholeFile.write(file(open, key), json, true);
  }

  void ended(GateKey key) throws IOException {
    Files.deleteIfExists(file(open, key));
  }

  /** The same gate has another key and folder. */
  void moved(GateKey from, GateKey to, Path folder) throws IOException {
    if (Files.exists(file(open, from))) {
      begun(to, folder);
      ended(from);
    }
  }

  void abandoned(Abandoned what) throws IOException {
    Files.createDirectories(abandoned);
    WholeFile.write(file(abandoned, what.key()), JSON.writeValueAsBytes(what), true);
    ended(what.key());
  }

  void dismissed(GateKey key) throws IOException {
    Files.deleteIfExists(file(abandoned, key));
  }

  /** All that are open; what cannot be read is passed over. */
  List<Entry> open() {
    return all(open, Entry.class);
  }

  List<Abandoned> abandoned() {
    return all(abandoned, Abandoned.class);
  }

  private static <T> List<T> all(Path folder, Class<T> type) {
    List<T> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        try {
          entries.add(JSON.readValue(Files.readAllBytes(file), type));
        } catch (IOException unreadable) {
          // Another thread has just removed it, or a person wrote into it: no gate of ours.
        }
      }
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException unreadable) {
      return List.copyOf(entries);
    }
    return entries;
  }

  // Names of jobs hold what no file name may.
  private static Path file(Path folder, GateKey key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((key.build() + "\n" + key.id()).getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(digest, 0, 16) + ".json");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
