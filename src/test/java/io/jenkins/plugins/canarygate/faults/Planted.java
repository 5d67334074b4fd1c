package io.jenkins.plugins.canarygate.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Secrets that no other text can hold by chance, and the search for them in any of their forms. */
final class Planted {
  /** What every planted value begins with. */
  static final String MARK = "PLANTED-";

  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final Map<String, String> forms = new LinkedHashMap<>();

  /** Plants one, and answers its value. */
  String plant(String name) {
    String value = MARK + name + "-" + UUID.randomUUID().toString().replace("-", "");
    plant(name, value);
    return value;
  }

  /** Plants a value that is given. */
  void plant(String name, String value) {
    secrets.put(name, value);
    forms.put(name + ", as it is", value);
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
    if (!encoded.equals(value)) {
      forms.put(name + ", URL-encoded", encoded);
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    forms.put(name + ", in hex", HexFormat.of().formatHex(bytes));
    for (int shift = 0; shift < 3; shift++) {
      forms.put(name + ", in Base64 at " + shift, base64(bytes, shift));
    }
  }

  /** What of its Base64 does not depend on what stands before and after it. */
  private static String base64(byte[] bytes, int shift) {
    byte[] shifted = new byte[shift + bytes.length];
    System.arraycopy(bytes, 0, shifted, shift, bytes.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    return text.substring(shift == 0 ? 0 : shift + 1, text.length() - 2);
  }

  /** Where something planted stands; says which and where, never the value. */
  List<String> in(String where, String text) {
    List<String> found = new ArrayList<>();
    forms.forEach(
        (name, form) -> {
          if (text.contains(form)) {
            found.add(name + " in " + where);
          }
        });
    return found;
  }

  /** The same in all files below a folder. */
  List<String> below(Path folder) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.addAll(in("the name of a file", file.getFileName().toString()));
        found.addAll(in(file.getFileName().toString(), read(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String read(Path file) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException gone) {
      return "";
    }
  }
}
