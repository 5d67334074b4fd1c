package io.jenkins.plugins.canarygate.baddays;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What can be wrong with Honeycomb, its key and what is asked of it. */
final class HoneycombDays {
  private static final String KEY_FILE = " --honeycomb-key-file FOLDER/key";
  private static final String NOT_KNOWN =
      "; compare the name with the address of its page, and see whether the key belongs to the"
          + " environment it is in";
  private static final String KEY_FOR =
      "; give a configuration key of the environment, with the right RIGHT, and the address of its"
          + " region (https://api.honeycomb.io or https://api.eu1.honeycomb.io)";
  private static final String SLO =
      "{slo: {dataset: checkout, id: abc}, result: compliance}\n      fail: \"< 99\"";
  private static final String TRIGGER = "{trigger: {dataset: checkout, id: abc}}";

  private HoneycombDays() {}

  static List<BadDay> all() {
    List<BadDay> days = new ArrayList<>();
    key(days);
    refused(days);
    unreachable(days);
    return days;
  }

  private static void key(List<BadDay> days) {
    misuse(
        days,
        "no key",
        place -> place.env.remove("HONEYCOMB_API_KEY"),
        "",
        "the gate asks Honeycomb, and there is no key: set HONEYCOMB_API_KEY, or name a file with"
            + " --honeycomb-key-file");
    misuse(
        days,
        "a key file that is not there",
        place -> {},
        KEY_FILE,
        "the Honeycomb key file FILE cannot be read (NoSuchFileException); name one with"
            + " --honeycomb-key-file or HONEYCOMB_API_KEY_FILE");
    misuse(
        days,
        "an empty key file",
        place -> place.write("key", "\n"),
        KEY_FILE,
        "the Honeycomb key file FILE is empty; write the key into it");
    misuse(
        days,
        "a large key file",
        place -> place.write("key", "x".repeat(5000)),
        KEY_FILE,
        "the Honeycomb key file FILE is too large to hold just a key; name the file that holds the"
            + " key and nothing else");
    misuse(
        days,
        "a key file of two lines",
        place -> place.write("key", "abcdef\nghijkl\n"),
        KEY_FILE,
        "the Honeycomb key file FILE holds a space, a line break or a character that no key has;"
            + " write the key into it and nothing else");
    misuse(
        days,
        "an address that is none",
        place -> place.env.put("HONEYCOMB_API_URL", "honeycomb"),
        "",
        "HONEYCOMB_API_URL: Honeycomb's address must be http or https, a host and nothing secret,"
            + " as https://api.honeycomb.io");
  }

  private static void refused(List<BadDay> days) {
    refused(
        days,
        "a wrong key",
        place -> place.env.put("HONEYCOMB_API_KEY", "somebody-elses-key"),
        "Honeycomb does not accept the key for the query in dataset NAME (401: unknown API key -"
            + " check your credentials)"
            + KEY_FOR);
    refused(
        days,
        "a key without the right to make queries",
        place -> rights(place, "queries"),
        "Honeycomb does not accept the key for the query in dataset NAME (401: this API key does"
            + " not have the permission: columns)"
            + KEY_FOR);
    refused(
        days,
        "an unknown dataset, or a key of another environment",
        asks(Gates.query("chekout", "error")),
        "Honeycomb does not know the query in dataset NAME (404: Dataset not found)" + NOT_KNOWN);
    refused(
        days,
        "an unknown column",
        asks(Gates.query("checkout", "eror")),
        "Honeycomb refuses the query in dataset NAME (422: TEXT: unknown column 'eror' [TEXT]);"
            + " correct it, trying it in Honeycomb's query builder");
    refused(
        days,
        "an unknown SLO",
        asks(Gates.honeycomb(SLO)),
        "Honeycomb does not know the SLO NAME in dataset NAME (404: TEXT)" + NOT_KNOWN);
    refused(
        days,
        "an unknown trigger",
        asks(Gates.honeycomb(TRIGGER)),
        "Honeycomb does not know the trigger NAME in dataset NAME (404: TEXT)" + NOT_KNOWN);
    refused(
        days,
        "a key without the right to read SLOs",
        place -> {
          place.write("gate.yaml", Gates.honeycomb(SLO));
          place.sandbox.honeycomb().slo("checkout", "abc", 99.5, 50, 1, "normal");
          rights(place, "columns");
        },
        "Honeycomb does not let this key reach the SLO NAME in dataset NAME (403: TEXT); give the"
            + " key the right Manage SLOs");
    mayNotRun(days);
  }

  /** Seen only when a result is asked for, which plan does not do: it costs quota. */
  private static void mayNotRun(List<BadDay> days) {
    String says =
        "Honeycomb does not let this key reach the result of a query in dataset NAME (403: TEXT);"
            + " give the key the right Run Queries";
    for (String command : List.of("run", "check")) {
      days.add(
          BadDay.of(
              "a key without the right to run queries",
              place -> rights(place, "columns"),
              command + " FOLDER/gate.yaml",
              11,
              says));
    }
    days.add(
        BadDay.of(
            "a key without the right to run queries",
            place -> rights(place, "columns"),
            "plan FOLDER/gate.yaml",
            0,
            "WARNING  honeycomb: right Run Queries: the key does not have it",
            "give the key 'Run Queries' in Honeycomb under Environment Settings, API Keys"));
  }

  private static void unreachable(List<BadDay> days) {
    unreachable(
        days,
        "nobody listens where Honeycomb should",
        "http://" + Place.nobodyListens(),
        "Honeycomb (SERVER) could not be reached; look at the network and its proxies");
    unreachable(
        days,
        "a Honeycomb of a name that nobody has",
        "https://api.honeycomb.invalid",
        "Honeycomb (SERVER) could not be found by name; look at the address and at the DNS");
    days.addAll(
        unreachable(
            "a Honeycomb that nobody trusts",
            place -> place.env.put("HONEYCOMB_API_URL", Certificates.untrustedServer()),
            "Honeycomb (SERVER) could not be trusted (TLS); look at the certificates and proxies"));
  }

  private static void unreachable(List<BadDay> days, String name, String url, String says) {
    days.addAll(unreachable(name, place -> place.env.put("HONEYCOMB_API_URL", url), says));
  }

  private static List<BadDay> unreachable(String name, Consumer<Place> happens, String says) {
    String end = "the checks could not be verified within 2s: check 'error rate': " + says;
    return List.of(
        BadDay.of(name, happens, "run FOLDER/gate.yaml", 12, says, end),
        BadDay.of(name, happens, "check FOLDER/gate.yaml", 12, says, end),
        BadDay.of(
            name, happens, "plan FOLDER/gate.yaml", 1, says, "ERROR    honeycomb: key: " + says));
  }

  private static void misuse(
      List<BadDay> days, String name, Consumer<Place> happens, String flags, String says) {
    for (String command : List.of("run", "check", "plan")) {
      days.add(BadDay.of(name, happens, command + " FOLDER/gate.yaml" + flags, 2, says));
    }
  }

  private static void refused(
      List<BadDay> days, String name, Consumer<Place> happens, String says) {
    String left = "checkout: ERROR, left: check 'error rate': " + says;
    days.add(BadDay.of(name, happens, "run FOLDER/gate.yaml", 1, says, left));
    days.add(BadDay.of(name, happens, "check FOLDER/gate.yaml", 1, says, left));
    days.add(
        BadDay.of(
            name,
            happens,
            "plan FOLDER/gate.yaml",
            1,
            says,
            "ERROR    honeycomb: check 'error rate': " + says));
  }

  private static Consumer<Place> asks(String gate) {
    return place -> place.write("gate.yaml", gate);
  }

  private static void rights(Place place, String... rights) {
    place.sandbox.honeycomb().key(place.sandbox.honeycomb().key(), Set.of(rights));
  }
}
