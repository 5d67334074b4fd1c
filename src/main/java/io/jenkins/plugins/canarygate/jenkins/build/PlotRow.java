package io.jenkins.plugins.canarygate.jenkins.build;

import io.jenkins.plugins.canarygate.report.Plot;

/** One check's plot, as the page draws it. */
public final class PlotRow {
  private final Plot plot;

  PlotRow(Plot plot) {
    this.plot = plot;
  }

  public String getCheck() {
    return plot.check();
  }

  /** As {@code 10:01 to 10:06 UTC}. */
  public String getSpan() {
    return plot.span();
  }

  /** All of it in words, for who does not see it. */
  public String getText() {
    return plot.check() + ", " + plot.text();
  }

  /** As SVG has it: the box that the lines are drawn in. */
  public String getBox() {
    return "0 0 " + Plot.WIDTH + " " + Plot.HEIGHT;
  }

  /** The lines at the upper and the lower edge, as SVG path data. */
  public String getEdges() {
    return "M0 1 H" + Plot.WIDTH + " M0 " + (Plot.HEIGHT - 1) + " H" + Plot.WIDTH;
  }

  public String getHigh() {
    return plot.high();
  }

  public String getLow() {
    return plot.low();
  }

  public String getBegin() {
    return plot.begin();
  }

  public String getEnd() {
    return plot.end();
  }

  /** The line of the canary, or the only one, as SVG path data. */
  public String getCanaryPath() {
    return plot.canaryPath();
  }

  /** The line of the stable revision; empty where it was not asked. */
  public String getStablePath() {
    return plot.stablePath();
  }

  /** What the lines are called and show: {@code Canary: 0.4 % to 1.8 %}. */
  public String getCanaryLegend() {
    String name = plot.compares() ? Messages.PlotRow_canary() : Messages.PlotRow_value();
    return name + ": " + plot.canaryRange();
  }

  /** Empty where the stable revision was not asked. */
  public String getStableLegend() {
    return plot.compares() ? Messages.PlotRow_stable() + ": " + plot.stableRange() : "";
  }
}
