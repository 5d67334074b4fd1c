package io.jenkins.plugins.canarygate.faults;

import io.jenkins.plugins.canarygate.faults.FlaggerCell.When;
import io.jenkins.plugins.canarygate.faults.FlaggerCell.Who;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every cell is expected to come to. A line of the table: the call ({@code +}: carried out all
 * the same; {@code @}: of the gate server), when the trouble begins, of what kind it is; then the
 * verdict and outcome after a few such answers, and if it stays for good.
 */
final class FlaggerExpected {
  /**
   * Rule D0 for looks and A1 for writes, as on Argo. A target that is said to be gone supersedes at
   * once, for the fence has moved (R2). A decision that no server is there to tell is no reason to
   * end before total (FL4); one that cannot be removed changes no verdict. What lies between
   * Flagger and the server and says yes to anything (page) promotes or takes back by itself.
   */
  private static final String GOOD =
      """
      GET_CANARY    | START               | timeout reset 404 429 500 503 half page shape huge | PASS promoted           | TIMEOUT left
      GET_CANARY    | START               | 401 403 409 422                                    | ERROR left              | ERROR left
      GET_CANARY    | JUDGING             | timeout reset 404 429 500 503 half page shape huge | PASS promoted           | TIMEOUT left
      GET_CANARY    | JUDGING             | 401 403 409 422                                    | ERROR left              | ERROR left
      GET_CANARY    | ACTING SENT LANDING | timeout reset 404 429 500 503 half page shape huge | PASS promoted           | TIMEOUT promotedNotLanded
      GET_CANARY    | ACTING SENT LANDING | 401 403 409 422                                    | ERROR promotedNotLanded | ERROR promotedNotLanded
      GET_WORKLOAD  | START               | timeout reset 404 429 500 503 half page shape huge | PASS promoted           | TIMEOUT left
      GET_WORKLOAD  | START JUDGING       | 401 403 409 422                                    | ERROR left              | ERROR left
      GET_WORKLOAD  | JUDGING             | timeout reset 429 500 503 half page shape huge     | PASS promoted           | TIMEOUT left
      GET_WORKLOAD  | JUDGING             | 404                                                | SUPERSEDED left         | SUPERSEDED left
      GET_WORKLOAD  | ACTING SENT LANDING | timeout reset 429 500 503 half page shape huge     | PASS promoted           | TIMEOUT promotedNotLanded
      GET_WORKLOAD  | ACTING SENT         | 404                                                | PASS promoted           | SUPERSEDED promotedNotLanded
      GET_WORKLOAD  | LANDING             | 404                                                | PASS promoted           | PASS notHonoured
      GET_WORKLOAD  | ACTING SENT LANDING | 401 403 409 422                                    | ERROR promotedNotLanded | ERROR promotedNotLanded
      PATCH         | JUDGING ACTING      | timeout reset 409 500 page shape huge              | PASS promoted           | PASS notHonoured
      PATCH         | JUDGING ACTING      | 401 403 404 422                                    | PASS notHonoured        | PASS notHonoured
      PATCH         | JUDGING ACTING      | 429 503                                            | PASS promoted           | TIMEOUT promotedNotLanded
      PATCH         | JUDGING ACTING      | half                                               | PASS promoted           | PASS promoted
      PATCH         | SENT LANDING        | all                                                | PASS promoted           | PASS promoted
      PATCH+        | JUDGING ACTING LANDING | timeout reset 500 page shape huge               | PASS promoted           | PASS promoted
      GET_CANARY@   | START               | timeout reset 403 404 503 page                     | PASS promoted           | TIMEOUT left
      GET_CANARY@   | SENT                | timeout reset 403 404 503 page                     | PASS promoted           | TIMEOUT promotedNotLanded
      GET_CANARY@   | LANDING             | timeout reset 403 404 503 page                     | PASS promoted           | PASS promoted
      GET_WORKLOAD@ | START               | timeout reset 403 503 page                         | PASS promoted           | TIMEOUT left
      GET_WORKLOAD@ | START               | 404                                                | PASS promoted           | TIMEOUT promotedNotLanded
      GET_WORKLOAD@ | SENT                | timeout reset 403 404 503 page                     | PASS promoted           | TIMEOUT promotedNotLanded
      CONFIRM_TRAFFIC_INCREASE | START    | timeout reset 403 404 429 503                      | PASS promoted           | TIMEOUT left
      CONFIRM_PROMOTION | START JUDGING SENT | timeout reset 403 404 429 503                   | PASS promoted           | TIMEOUT promotedNotLanded
      CONFIRM_PROMOTION | START           | page                                               | NOT_GATED left          | NOT_GATED left
      CONFIRM_PROMOTION | JUDGING         | page                                               | INCONCLUSIVE advancedByOther | INCONCLUSIVE advancedByOther
      CONFIRM_PROMOTION | SENT            | page                                               | PASS promoted           | PASS promoted
      ROLLBACK      | START JUDGING SENT  | timeout reset 403 404 429 503                      | PASS promoted           | PASS promoted
      ROLLBACK      | START JUDGING SENT  | page                                               | FAIL takenBack          | FAIL takenBack
      """;

  /** The same where the canary is bad: the action is an abort, and no cell may end in a PASS. */
  private static final String BAD =
      """
      GET_CANARY    | JUDGING             | timeout reset 404 429 500 503 half page shape huge | FAIL aborted     | FAIL left
      GET_CANARY    | JUDGING             | 401 403 409 422                                    | ERROR left       | ERROR left
      GET_CANARY    | SENT LANDING        | timeout reset 404 429 500 503 half page shape huge | FAIL aborted     | FAIL left
      GET_CANARY    | SENT LANDING        | 401 403 409 422                                    | FAIL left        | FAIL left
      GET_WORKLOAD  | SENT LANDING        | timeout reset 429 500 503 half page shape huge     | FAIL aborted     | FAIL left
      GET_WORKLOAD  | SENT                | 404                                                | FAIL aborted     | FAIL left
      GET_WORKLOAD  | LANDING             | 404                                                | FAIL aborted     | FAIL aborted
      GET_WORKLOAD  | SENT LANDING        | 401 403 409 422                                    | FAIL left        | FAIL left
      PATCH         | ACTING              | timeout reset 409 500 page shape huge              | FAIL aborted     | FAIL notHonoured
      PATCH         | ACTING              | 401 403 404 422                                    | FAIL notHonoured | FAIL notHonoured
      PATCH         | ACTING              | 429 503                                            | FAIL aborted     | FAIL left
      PATCH         | ACTING              | half                                               | FAIL aborted     | FAIL aborted
      PATCH         | LANDING             | all                                                | FAIL aborted     | FAIL aborted
      PATCH+        | ACTING LANDING      | timeout reset 500 page shape huge                  | FAIL aborted     | FAIL aborted
      GET_CANARY@   | SENT                | timeout reset 403 404 503 page                     | FAIL aborted     | FAIL left
      GET_WORKLOAD@ | SENT                | timeout reset 403 404 503 page                     | FAIL aborted     | FAIL left
      ROLLBACK      | START JUDGING SENT  | timeout reset 403 404 429 503                      | FAIL aborted     | FAIL left
      ROLLBACK      | START JUDGING       | page                                               | FAIL takenBack   | FAIL takenBack
      ROLLBACK      | SENT                | page                                               | FAIL aborted     | FAIL aborted
      CONFIRM_PROMOTION | JUDGING SENT    | timeout reset 403 404 429 503                      | FAIL aborted     | FAIL aborted
      CONFIRM_PROMOTION | JUDGING         | page                                               | INCONCLUSIVE advancedByOther | INCONCLUSIVE advancedByOther
      CONFIRM_PROMOTION | SENT            | page                                               | FAIL aborted     | FAIL aborted
      """;

  private FlaggerExpected() {}

  /** All cells, with the verdict and outcome that each is to have. */
  static Map<FlaggerCell, String> good() {
    return read(Cell.Evidence.GOOD, GOOD);
  }

  static Map<FlaggerCell, String> bad() {
    return read(Cell.Evidence.BAD, BAD);
  }

  private static Map<FlaggerCell, String> read(Cell.Evidence evidence, String table) {
    Map<FlaggerCell, String> cells = new LinkedHashMap<>();
    for (String line : table.lines().toList()) {
      String[] column = line.split("\\|");
      String name = column[0].strip();
      Call call = Call.valueOf(name.replaceAll("[+@]", ""));
      for (String when : column[1].strip().split(" ")) {
        for (Trouble trouble : troubles(column[2].strip())) {
          for (boolean lasting : new boolean[] {false, true}) {
            boolean again = !when.equals("START") && (lasting || call != Call.PATCH);
            if (trouble == Trouble.HUGE_BODY && again) {
              // Each look would read as much as may be read: at the start is enough.
              continue;
            }
            FlaggerCell cell =
                new FlaggerCell(
                    evidence,
                    call,
                    who(name, call),
                    trouble,
                    name.endsWith("+"),
                    When.valueOf(when),
                    lasting);
            if (cells.put(cell, column[lasting ? 4 : 3].strip()) != null) {
              throw new IllegalStateException("twice in the table: " + cell);
            }
          }
        }
      }
    }
    return cells;
  }

  private static Who who(String name, Call call) {
    if (name.endsWith("@")) {
      return Who.SERVER;
    }
    return call.compareTo(Call.CONFIRM_ROLLOUT) < 0 ? Who.GATE : Who.FLAGGER;
  }

  private static List<Trouble> troubles(String words) {
    return words.equals("all")
        ? List.of(Trouble.values())
        : java.util.Arrays.stream(words.split(" ")).map(Trouble::of).toList();
  }
}
