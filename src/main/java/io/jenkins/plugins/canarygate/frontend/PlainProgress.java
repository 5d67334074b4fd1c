package io.jenkins.plugins.canarygate.frontend;

import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.report.PlainText;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;

/** Lines with times, for logs: nothing is drawn again, nothing said twice. */
public final class PlainProgress implements Progress {
  private final PrintStream out;
  private final InstantSource clock;
  private final News news;

  public PlainProgress(GateSpec spec, PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.news = new News(spec);
  }

  @Override
  public synchronized void say(String line) {
    print(clock.instant(), line);
  }

  @Override
  public synchronized void stepped(GateSession before, GateSession after) {
    news.between(before, after).forEach(item -> print(item.at(), item.text()));
  }

  private void print(Instant at, String line) {
    out.println(Numbers.time(at) + "Z  " + PlainText.line(line));
    out.flush();
  }
}
