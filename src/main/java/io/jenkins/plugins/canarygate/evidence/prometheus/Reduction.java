package io.jenkins.plugins.canarygate.evidence.prometheus;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** What is made of several series, where a check says so. */
enum Reduction {
  SUM,
  MAX,
  MIN,
  AVG,
  COUNT;

  static Optional<Reduction> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Reduction::word).toList();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of at least one number. One that is not finite spoils all but their count. */
  double apply(double... values) {
    if (this != COUNT && !Arrays.stream(values).allMatch(Double::isFinite)) {
      return Double.NaN;
    }
    DoubleStream all = Arrays.stream(values);
    return switch (this) {
      case SUM -> all.sum();
      case MAX -> all.max().orElseThrow();
      case MIN -> all.min().orElseThrow();
      case AVG -> all.average().orElseThrow();
      case COUNT -> values.length;
    };
  }
}
