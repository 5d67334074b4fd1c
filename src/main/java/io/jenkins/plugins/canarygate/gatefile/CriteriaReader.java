package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Criterion;
import io.jenkins.plugins.canarygate.check.Subject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads a check's {@code fail}, {@code warn} and {@code pass} (rules M1 and M2). */
final class CriteriaReader {
  private static final List<String> WORDS = List.of("fail", "warn", "pass");

  private final Scope check;
  private final List<Scope> comparisons = new ArrayList<>();

  CriteriaReader(Scope check) {
    this.check = check;
  }

  /** Which of the words the check has. */
  List<Scope> given() {
    return WORDS.stream().map(check::field).filter(Scope::given).toList();
  }

  /** Where the criteria that were read compare the cohorts. */
  List<Scope> comparisons() {
    return comparisons;
  }

  Criteria read(RawCheck raw) {
    if (check.given("fail") && check.given("pass")) {
      check.field("pass").fault("stands beside fail: give one of them; what is not pass is fail");
    }
    return new Criteria(
        entries("fail", raw.fail()), entries("warn", raw.warn()), entries("pass", raw.pass()));
  }

  private List<Criteria.Entry> entries(String word, List<RawCheck.Entry> raw) {
    Scope scope = check.field(word);
    if (raw == null) {
      return List.of();
    }
    if (raw.isEmpty() && !scope.faulty()) {
      scope.fault("has no entry: give it one, or leave it out");
    }
    List<Criteria.Entry> entries = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      Scope at = scope.item(i).given() ? scope.item(i) : scope;
      Map<Subject, Criterion> all = raw.get(i) == null ? Map.of() : criteria(raw.get(i), at);
      if (!all.isEmpty()) {
        entries.add(new Criteria.Entry(all));
      } else if (!at.faulty()) {
        at.fault("says nothing: give it value, ratio or difference");
      }
    }
    return entries;
  }

  private Map<Subject, Criterion> criteria(RawCheck.Entry entry, Scope at) {
    Map<Subject, Criterion> all = new EnumMap<>(Subject.class);
    put(all, Subject.VALUE, entry.value());
    put(all, Subject.RATIO, entry.ratio());
    put(all, Subject.DIFFERENCE, entry.difference());
    all.keySet().stream()
        .filter(subject -> subject != Subject.VALUE)
        .forEach(subject -> comparisons.add(at.field(subject.text())));
    return all;
  }

  private static void put(Map<Subject, Criterion> all, Subject subject, Criterion criterion) {
    if (criterion != null) {
      all.put(subject, criterion);
    }
  }
}
