package io.jenkins.plugins.canarygate.server.checks;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The tokens that are known, by their hashes: one a line, the SHA-256 of the token in hex,
 * namespaces, checks.
 */
final class Tokens {
  /** Nobody's question is answered. */
  static final Tokens NONE = new Tokens(List.of());

  static final int MOST_BYTES = 1024 * 1024;
  private static final int MOST = 10_000;
  private static final int LONGEST_TOKEN = 1024;
  private static final int FIELDS = 3;
  private static final int SHOWN = 12;
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern CHECK = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

  private final List<Entry> entries;

  private record Entry(byte[] hash, Grant grant) {}

  private Tokens(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads a token file.
   *
   * @param fileName what messages call it
   * @throws FileFaults with everything that is wrong; no hash is repeated
   */
  static Tokens read(byte[] content, String fileName) throws FileFaults {
    List<String> faults = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    int number = 0;
    for (String line : text(content, fileName).split("\r?\n", -1)) {
      number++;
      String plain = line.strip();
      if (plain.isEmpty() || plain.startsWith("#")) {
        continue;
      }
      String place = fileName + ":" + number + ": ";
      int before = faults.size();
      Optional<Entry> entry = entry(plain, fault -> faults.add(place + fault));
      if (entry.isPresent()) {
        Integer first = seen.putIfAbsent(HexFormat.of().formatHex(entry.get().hash()), number);
        if (first != null) {
          faults.add(place + "the same token stands in line " + first + ": keep one of the two");
        }
      }
      if (faults.size() == before) {
        entry.ifPresent(entries::add);
      }
    }
    if (entries.size() > MOST) {
      faults.add(fileName + ": there are more than " + MOST + " tokens");
    }
    if (!faults.isEmpty()) {
      throw new FileFaults(faults);
    }
    return new Tokens(entries);
  }

  private static String text(byte[] content, String fileName) throws FileFaults {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(content))
          .toString();
    } catch (CharacterCodingException e) {
      throw new FileFaults(
          List.of(fileName + ": not text in UTF-8: save it as that, or name the right file"));
    }
  }

  private static Optional<Entry> entry(String line, Consumer<String> fault) {
    String[] fields = line.split("\\s+");
    if (fields.length != FIELDS) {
      fault.accept(
          "must be three fields: the SHA-256 of a token in hex, namespaces, checks; lists with"
              + " commas and without spaces, * for all");
      return Optional.empty();
    }
    boolean hashed = HASH.matcher(fields[0]).matches();
    if (!hashed) {
      fault.accept(
          "the first field is no SHA-256 in hex, which has 64 digits; make it with: printf %s"
              + " \"$TOKEN\" | sha256sum");
    }
    Set<String> namespaces = list("namespace", fields[1], NAMESPACE, fault);
    Set<String> checks = list("check", fields[2], CHECK, fault);
    if (!hashed) {
      return Optional.empty();
    }
    String hash = fields[0].toLowerCase(Locale.ROOT);
    return Optional.of(
        new Entry(
            HexFormat.of().parseHex(hash),
            new Grant(hash.substring(0, SHOWN), namespaces, checks)));
  }

  private static Set<String> list(String what, String text, Pattern form, Consumer<String> fault) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : text.split(",", -1)) {
      if (!name.equals(Grant.ALL) && !form.matcher(name).matches()) {
        String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        fault.accept("'" + shown.replaceAll("\\p{Cntrl}", "?") + "' is no name of a " + what);
      } else if (!names.add(name)) {
        fault.accept("names the " + what + " " + name + " twice");
      }
    }
    if (names.contains(Grant.ALL) && names.size() > 1) {
      fault.accept("* is every " + what + ": name nothing beside it");
    }
    return Set.copyOf(names);
  }

  /**
   * What a token is good for; empty for one that is not known. The time that this takes tells
   * nothing of the tokens: all are compared, each whole.
   */
  Optional<Grant> find(String token) {
    if (token.length() > LONGEST_TOKEN) {
      return Optional.empty();
    }
    byte[] hash = Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    Grant found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash(), hash)) {
        found = entry.grant();
      }
    }
    return Optional.ofNullable(found);
  }

  int size() {
    return entries.size();
  }

  /** The names of checks that are named, without {@code *}. */
  Set<String> checks() {
    Set<String> names = new LinkedHashSet<>();
    entries.forEach(entry -> names.addAll(entry.grant().checks()));
    names.remove(Grant.ALL);
    return names;
  }
}
