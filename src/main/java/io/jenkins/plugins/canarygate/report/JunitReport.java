package io.jenkins.plugins.canarygate.report;

import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.report.Report.CheckResult;
import io.jenkins.plugins.canarygate.report.Report.Point;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The report as the XML that CI systems read test results from, {@code junit.xml}: a suite for each
 * gate point with a test case for each check, and a suite with one test case for the gate's own
 * verdict, so that a gate which ended before anything was judged is not shown as empty and green.
 */
public final class JunitReport {
  /** What a test case came to; a passed one has none. */
  private enum Result {
    FAILURE,
    ERROR,
    SKIPPED
  }

  private record Case(
      String name, double seconds, Optional<Result> result, String message, String text) {}

  private record Suite(String name, Instant at, List<Case> cases) {
    long count(Result result) {
      return cases.stream().filter(c -> c.result().filter(result::equals).isPresent()).count();
    }

    double seconds() {
      return cases.stream().mapToDouble(Case::seconds).sum();
    }
  }

  private JunitReport() {}

  public static String render(Report report) {
    List<Suite> suites = new ArrayList<>();
    for (Point point : report.points()) {
      String name = report.gate() + ", gate point " + point.number();
      suites.add(
          new Suite(
              point.point().map(text -> name + " (" + text + ")").orElse(name),
              point.since(),
              report.checksAt(point).stream()
                  .map(check -> checkCase(report, point, check))
                  .toList()));
    }
    suites.add(new Suite(report.gate(), report.started(), List.of(gateCase(report))));
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      for (Suite suite : suites) {
        write(xml, suite, report.gate());
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a report could not be written as XML", e);
    }
    return out.append('\n').toString();
  }

  private static Case checkCase(Report report, Point point, CheckResult check) {
    double seconds =
        check.measurements().isEmpty()
            ? 0
            : seconds(
                point.since(), check.measurements().get(check.measurements().size() - 1).at());
    String text = check.link().map(link -> check.line() + "\n" + link).orElse(check.line());
    return new Case(
        check.name(),
        seconds,
        result(report, point, check),
        check.line(),
        check.verdict() + ": " + text);
  }

  private static Optional<Result> result(Report report, Point point, CheckResult check) {
    boolean counts = !check.dryRun();
    return switch (check.verdict()) {
      case PASS, WARN -> Optional.empty();
      case FAIL -> Optional.of(counts ? Result.FAILURE : Result.SKIPPED);
      // Where another check decided, or somebody stopped the gate, nobody missed this one's
      // evidence.
      case UNJUDGED, RUNNING ->
          Optional.of(
              counts && !check.optional() && missed(report, point) ? Result.ERROR : Result.SKIPPED);
    };
  }

  private static boolean missed(Report report, Point point) {
    Optional<Verdict> verdict = point.verdict().or(report::verdict);
    return verdict
        .map(
            v ->
                v != Verdict.FAIL
                    && v != Verdict.CANCELLED
                    && v != Verdict.SUPERSEDED
                    && v != Verdict.NOT_GATED)
        .orElse(true);
  }

  private static Case gateCase(Report report) {
    Optional<Result> result =
        report
            .verdict()
            .map(verdict -> gateResult(verdict, report.exitCode().orElse(1)))
            .orElse(Optional.of(Result.ERROR));
    String text = String.join("\n", ConsoleReport.lines(report));
    double seconds = seconds(report.started(), report.finished().orElse(report.started()));
    return new Case("verdict", seconds, result, ConsoleReport.verdict(report), text);
  }

  private static Optional<Result> gateResult(Verdict verdict, int exitCode) {
    if (exitCode == 0) {
      return Optional.empty();
    }
    return Optional.of(
        switch (verdict) {
          case FAIL, NOT_GATED -> Result.FAILURE;
          case WARN -> exitCode == Verdict.FAIL.exitCode() ? Result.FAILURE : Result.ERROR;
          case PASS, INCONCLUSIVE, TIMEOUT, ERROR -> Result.ERROR;
          case SUPERSEDED, CANCELLED -> Result.SKIPPED;
        });
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }

  private static void write(XMLStreamWriter xml, Suite suite, String gate)
      throws XMLStreamException {
    xml.writeStartElement("testsuite");
    attribute(xml, "name", suite.name());
    attribute(xml, "tests", Integer.toString(suite.cases().size()));
    attribute(xml, "failures", Long.toString(suite.count(Result.FAILURE)));
    attribute(xml, "errors", Long.toString(suite.count(Result.ERROR)));
    attribute(xml, "skipped", Long.toString(suite.count(Result.SKIPPED)));
    attribute(xml, "time", decimal(suite.seconds()));
    // The schema knows no zone: a time of day that ends in Z is refused by strict readers.
    attribute(xml, "timestamp", suite.at().toString().substring(0, 19));
    for (Case test : suite.cases()) {
      write(xml, test, gate);
    }
    xml.writeEndElement();
  }

  private static void write(XMLStreamWriter xml, Case test, String gate) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute(xml, "name", test.name());
    attribute(xml, "classname", "canary-gate." + gate.replace('.', '_'));
    attribute(xml, "time", decimal(test.seconds()));
    if (test.result().isPresent()) {
      String element = test.result().get().name().toLowerCase(Locale.ROOT);
      xml.writeStartElement(element);
      attribute(xml, "message", test.message());
      if (test.result().get() != Result.SKIPPED) {
        attribute(xml, "type", element);
      }
      xml.writeCharacters(legal(test.text()));
      xml.writeEndElement();
    } else {
      xml.writeStartElement("system-out");
      xml.writeCharacters(legal(test.text()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, legal(PlainText.line(value)));
  }

  private static String decimal(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  /** Without the characters that XML 1.0 cannot hold, not even escaped. */
  private static String legal(String text) {
    StringBuilder legal = new StringBuilder(text.length());
    text.codePoints()
        .filter(
            point ->
                point == '\t'
                    || point == '\n'
                    || point >= 0x20 && point <= 0xD7FF
                    || point >= 0xE000 && point <= 0xFFFD
                    || point >= 0x10000)
        .forEach(legal::appendCodePoint);
    return legal.toString();
  }
}
