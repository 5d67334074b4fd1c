package io.jenkins.plugins.canarygate.evidence.keptn;

/** Words of Keptn and of what stands behind it, made fit to be shown. */
final class Plain {
  private static final int LONGEST = 300;

  private Plain() {}

  /** One line, not too long, without a name and password that an address may hold. */
  static String line(String text) {
    String line =
        text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip().replaceAll("(?<=//)[^/@\\s\"']*@", "");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
