package io.jenkins.plugins.canarygate.faults;

import io.jenkins.plugins.canarygate.faults.Cell.Evidence;
import io.jenkins.plugins.canarygate.faults.Cell.When;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every cell is expected to come to. A line of the table: the call ({@code +}: carried out all
 * the same), when the trouble begins, of what kind it is; then the verdict and outcome after a few
 * such answers, and if it stays for good.
 */
final class Expected {
  /**
   * Rule D0 for looks, A1 for writes, C3 and M4 for evidence; a marker changes no verdict. Once a
   * revision's image is known, its ReplicaSets are listed again only after something was sent.
   */
  private static final String GOOD =
      """
      GET_ROLLOUT      | START        | timeout reset 404 429 500 503 half page shape huge | PASS promoted           | TIMEOUT left
      GET_ROLLOUT      | START        | 401 403 409 422                                    | ERROR left              | ERROR left
      GET_ROLLOUT      | JUDGING      | timeout reset 404 429 500 503 half page shape huge | PASS promoted           | TIMEOUT left
      GET_ROLLOUT      | JUDGING      | 401 403 409 422                                    | ERROR left              | ERROR left
      GET_ROLLOUT      | ACTING SENT  | timeout reset 404 429 500 503 half page shape huge | PASS promoted           | TIMEOUT promotedNotLanded
      GET_ROLLOUT      | ACTING SENT  | 401 403 409 422                                    | ERROR promotedNotLanded | ERROR promotedNotLanded
      LIST_REPLICASETS | START        | timeout reset 429 500 503 half page shape huge     | PASS promoted           | TIMEOUT left
      LIST_REPLICASETS | START        | 401 403 404 409 422                                | ERROR left              | ERROR left
      LIST_REPLICASETS | JUDGING ACTING SENT | timeout reset 429 500 503 half page shape huge     | PASS promoted           | TIMEOUT promotedNotLanded
      LIST_REPLICASETS | JUDGING ACTING SENT | 401 403 404 409 422                                | ERROR promotedNotLanded | ERROR promotedNotLanded
      PATCH_STATUS     | START JUDGING ACTING | timeout reset 500 page shape huge          | PASS promoted           | PASS notHonoured
      PATCH_STATUS     | START JUDGING ACTING | 401 403 404 422                            | PASS notHonoured        | PASS notHonoured
      PATCH_STATUS     | START JUDGING ACTING | 409                                        | PASS promoted           | PASS notHonoured
      PATCH_STATUS     | START JUDGING ACTING | 429 503                                    | PASS promoted           | TIMEOUT promotedNotLanded
      PATCH_STATUS     | START JUDGING ACTING | half                                       | PASS promoted           | PASS promoted
      PATCH_STATUS     | SENT         | all                                                | PASS promoted           | PASS promoted
      PATCH_STATUS+    | START JUDGING ACTING SENT | timeout reset 500 page shape huge     | PASS promoted           | PASS promoted
      CREATE_QUERY     | START        | timeout reset 409 429 500 503 half page shape huge | PASS promoted           | TIMEOUT left
      CREATE_QUERY     | START        | 401 403 404 422                                    | ERROR left              | ERROR left
      CREATE_QUERY     | JUDGING      | timeout reset 401 403 404 409 422 500 503 half page shape huge | PASS promoted | INCONCLUSIVE left
      CREATE_QUERY     | JUDGING      | 429                                                | PASS promoted           | TIMEOUT left
      CREATE_QUERY     | ACTING SENT  | all                                                | PASS promoted           | PASS promoted
      CREATE_RESULT    | START JUDGING | timeout reset 401 403 404 409 422 500 503 half page shape huge | PASS promoted | INCONCLUSIVE left
      CREATE_RESULT    | START JUDGING | 429                                               | PASS promoted           | TIMEOUT left
      CREATE_RESULT    | ACTING SENT  | all                                                | PASS promoted           | PASS promoted
      GET_RESULT       | START JUDGING | timeout reset 401 403 404 409 422 500 503 half page shape huge | PASS promoted | INCONCLUSIVE left
      GET_RESULT       | START JUDGING | 429                                               | PASS promoted           | TIMEOUT left
      GET_RESULT       | ACTING SENT  | all                                                | PASS promoted           | PASS promoted
      MARKER           | START JUDGING ACTING SENT | all                                   | PASS promoted           | PASS promoted
      """;

  /** The same where the canary is bad: the action is an abort, and no cell may end in a PASS. */
  private static final String BAD =
      """
      GET_ROLLOUT  | JUDGING ACTING | timeout reset 404 429 500 503 half page shape huge | FAIL aborted     | FAIL left
      GET_ROLLOUT  | JUDGING        | 401 403 409 422                                    | ERROR left       | ERROR left
      GET_ROLLOUT  | ACTING         | 401 403 409 422                                    | FAIL left        | FAIL left
      PATCH_STATUS | JUDGING ACTING | timeout reset 409 500 page shape huge              | FAIL aborted     | FAIL notHonoured
      PATCH_STATUS | JUDGING ACTING | 401 403 404 422                                    | FAIL notHonoured | FAIL notHonoured
      PATCH_STATUS | JUDGING ACTING | 429 503                                            | FAIL aborted     | FAIL left
      PATCH_STATUS | JUDGING ACTING | half                                               | FAIL aborted     | FAIL aborted
      GET_RESULT   | JUDGING        | timeout reset 401 403 404 409 422 500 503 half page shape huge | FAIL aborted | INCONCLUSIVE left
      GET_RESULT   | JUDGING        | 429                                                | FAIL aborted     | TIMEOUT left
      GET_RESULT   | ACTING         | all                                                | FAIL aborted     | FAIL aborted
      """;

  private Expected() {}

  /** All cells, with the verdict and outcome that each is to have. */
  static Map<Cell, String> good() {
    return read(Evidence.GOOD, GOOD);
  }

  static Map<Cell, String> bad() {
    return read(Evidence.BAD, BAD);
  }

  private static Map<Cell, String> read(Evidence evidence, String table) {
    Map<Cell, String> cells = new LinkedHashMap<>();
    for (String line : table.lines().toList()) {
      String[] column = line.split("\\|");
      String name = column[0].strip();
      boolean carriedOut = name.endsWith("+");
      Call call = Call.valueOf(name.replace("+", ""));
      for (String when : column[1].strip().split(" ")) {
        for (Trouble trouble : troubles(column[2].strip())) {
          for (boolean lasting : new boolean[] {false, true}) {
            Cell cell = new Cell(evidence, call, trouble, carriedOut, When.valueOf(when), lasting);
            String before = cells.put(cell, column[lasting ? 4 : 3].strip());
            if (before != null) {
              throw new IllegalStateException("twice in the table: " + cell);
            }
          }
        }
      }
    }
    return cells;
  }

  private static Iterable<Trouble> troubles(String words) {
    if (words.equals("all")) {
      return java.util.List.of(Trouble.values());
    }
    return java.util.Arrays.stream(words.split(" ")).map(Trouble::of).toList();
  }
}
