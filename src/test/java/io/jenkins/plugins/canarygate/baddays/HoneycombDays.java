package io.jenkins.plugins.canarygate.baddays;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What can be wrong with Honeycomb, the key and what is asked. */
final class HoneycombDays {
  private static final String SLO =
      "{slo: {dataset: checkout, id: abc}, result: compliance}\n      fail: \"< 99\"";
  private static final String TRIGGER = "{trigger: {dataset: checkout, id: abc}}";

  private HoneycombDays() {}

  static List<BadDay> all() {
    List<BadDay> days = new ArrayList<>();
    each(days, "no key", p -> p.env.remove("HONEYCOMB_API_KEY"), 2);
    each(days, "a key file that is not there", p -> {}, 2, " --honeycomb-key-file FOLDER/none");
    each(days, "an empty key file", p -> p.write("key", "\n"), 2, " --honeycomb-key-file FOLDER/key");
    each(days, "a large key file", p -> p.write("key", "x".repeat(5000)), 2, " --honeycomb-key-file FOLDER/key");
    each(days, "a key of two lines", p -> p.write("key", "abcdef\nghijkl\n"), 2, " --honeycomb-key-file FOLDER/key");
    each(days, "a wrong key", p -> p.env.put("HONEYCOMB_API_KEY", "somebody-elses-key"), 1);
    each(days, "a key without the right to make queries", p -> rights(p, "queries"), 1);
    each(days, "a key without the right to run queries", p -> rights(p, "columns"), 1);
    each(days, "unknown dataset", asks(Gates.query("chekout", "error")), 1);
    each(days, "unknown column", asks(Gates.query("checkout", "eror")), 1);
    each(days, "unknown SLO", asks(Gates.honeycomb(SLO)), 1);
    each(days, "SLO without right", p -> rights(slo(p), "columns"), 1);
    each(days, "unknown trigger", asks(Gates.honeycomb(TRIGGER)), 1);
    each(days, "nobody listens", p -> p.env.put("HONEYCOMB_API_URL", "http://" + Place.nobodyListens()), 1);
    each(days, "a name nobody has", p -> p.env.put("HONEYCOMB_API_URL", "https://api.honeycomb.invalid"), 1);
    each(days, "TLS", p -> p.env.put("HONEYCOMB_API_URL", Certificates.untrustedServer()), 1);
    each(days, "no address", p -> p.env.put("HONEYCOMB_API_URL", "honeycomb"), 2);
    return days;
  }

  private static void each(
      List<BadDay> days, String name, Consumer<Place> happens, int code, String... more) {
    String flags = String.join("", more);
    for (String command : List.of("run", "check", "plan")) {
      days.add(BadDay.of(name, happens, command + " FOLDER/gate.yaml" + flags, code));
    }
  }

  private static Consumer<Place> asks(String gate) {
    return place -> place.write("gate.yaml", gate.replace("consecutive", "consecutive"));
  }

  private static Place slo(Place place) {
    place.write("gate.yaml", Gates.honeycomb(SLO));
    place.sandbox.honeycomb().slo("checkout", "abc", 99.5, 50, 1, "normal");
    return place;
  }

  private static void rights(Place place, String... rights) {
    place.sandbox.honeycomb().key(place.sandbox.honeycomb().key(), Set.of(rights));
  }
}
