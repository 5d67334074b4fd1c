package io.jenkins.plugins.canarygate.gatefile;

/** A part of the gate file that is being judged: knows its path, and where to note a fault. */
record Scope(String path, Places places, Faults faults) {

  Scope field(String name) {
    return new Scope(Path.field(path, name), places, faults);
  }

  Scope item(int index) {
    return new Scope(Path.item(path, index), places, faults);
  }

  /** A part whose path a section gave. */
  Scope part(String rest) {
    return new Scope(Path.join(path, rest), places, faults);
  }

  /** Whether the file says anything here. */
  boolean given() {
    return places.given(path);
  }

  boolean given(String field) {
    return field(field).given();
  }

  /** Whether something here is wrong already. */
  boolean faulty() {
    return faults.within(path);
  }

  /** Whether something here could not be filled, so that it says nothing yet. */
  boolean unresolved() {
    return places.unresolvedWithin(path);
  }

  void fault(String message) {
    if (!unresolved()) {
      faults.add(path, places.of(path), message);
    }
  }

  /** Notes what is wrong with a name that people read in one line, if anything is. */
  void oneLine(String text) {
    if (text == null) {
      return;
    }
    if (text.isBlank()) {
      fault("must not be blank");
    } else if (text.length() > 100 || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      fault("must be one line of at most 100 characters");
    }
  }
}
