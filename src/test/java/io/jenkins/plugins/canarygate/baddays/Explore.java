package io.jenkins.plugins.canarygate.baddays;
import java.util.*;
final class Explore {
  public static void main(String[] a) throws Exception {
    List<BadDay> all = new ArrayList<>();
    if (a[0].contains("g")) all.addAll(GateFileDays.all());
    if (a[0].contains("c")) all.addAll(ClusterDays.all());
    if (a[0].contains("h")) all.addAll(HoneycombDays.all());
    for (BadDay day : all) {
      if (a.length > 1 && !day.toString().contains(a[1])) continue;
      try (Place place = new Place()) {
        day.happens().accept(place);
        Said said = place.run(day.command());
        System.out.println("### " + day + "  → " + said.exitCode() + " (" + day.exitCode() + ") in " + said.took().toMillis() + " ms, contacts " + said.contacts() + ", writes " + said.writes());
        System.out.println(said.text().replace(place.folder.toString(), "FOLDER").replace("\n\n", "\n"));
      }
    }
    System.exit(0);
  }
}
