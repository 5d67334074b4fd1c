package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.frontend.News;
import io.jenkins.plugins.canarygate.frontend.Progress;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.report.PlainText;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What happened scrolls by; below it stands a board that is drawn again in place. */
final class LiveProgress implements Progress {
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final Terminal terminal;
  private final InstantSource clock;
  private final Board board;
  private final News news;
  private final Colours colours;
  private GateSession session;
  private int drawn;

  LiveProgress(GateSpec spec, PrintStream out, Terminal terminal, InstantSource clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    this.board = new Board(spec);
    this.news = new News(spec);
    this.colours = new Colours(terminal.colour());
  }

  @Override
  public synchronized void say(String line) {
    show(List.of(new News.Item(clock.instant(), PlainText.line(line))));
  }

  @Override
  public synchronized void stepped(GateSession before, GateSession after) {
    session = after;
    show(news.between(before, after));
  }

  @Override
  public synchronized void tick() {
    show(List.of());
  }

  @Override
  public synchronized void close() {
    StringBuilder text = new StringBuilder();
    erase(text);
    session = null;
    write(text);
  }

  private void show(List<News.Item> items) {
    StringBuilder text = new StringBuilder();
    erase(text);
    for (News.Item item : items) {
      text.append(line(item.at(), item.text())).append(System.lineSeparator());
    }
    if (session != null && !session.ended()) {
      List<String> lines = board.lines(session, clock.instant(), terminal.width().getAsInt());
      for (String line : lines) {
        text.append(colours.verdicts(line)).append(System.lineSeparator());
      }
      drawn = lines.size();
    }
    write(text);
  }

  private String line(Instant at, String line) {
    return Numbers.time(at) + "Z  " + colours.verdicts(line);
  }

  private void erase(StringBuilder text) {
    if (drawn > 0) {
      text.append(String.format(UP, drawn)).append('\r').append(CLEAR_BELOW);
      drawn = 0;
    }
  }

  /** In one piece, so that nothing flickers. */
  private void write(StringBuilder text) {
    out.print(text);
    out.flush();
  }
}
