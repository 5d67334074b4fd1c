package io.jenkins.plugins.canarygate.check;

/** Three-valued logic: a value that nobody gave is neither good nor bad (rule M2). */
public enum Truth {
  YES,
  NO,
  UNKNOWN;

  public static Truth of(boolean value) {
    return value ? YES : NO;
  }

  public Truth and(Truth other) {
    if (this == NO || other == NO) {
      return NO;
    }
    return this == YES && other == YES ? YES : UNKNOWN;
  }

  public Truth or(Truth other) {
    if (this == YES || other == YES) {
      return YES;
    }
    return this == NO && other == NO ? NO : UNKNOWN;
  }

  public Truth not() {
    return switch (this) {
      case YES -> NO;
      case NO -> YES;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
