package io.jenkins.plugins.canarygate.faults;

import io.jenkins.plugins.canarygate.sandbox.http.Call;
import java.util.*;
import java.util.concurrent.*;

class MatrixPrint {
  public static void main(String[] a) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    Map<String, Future<MatrixRun.Result>> f = new LinkedHashMap<>();
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (Cell.Evidence e : Cell.Evidence.values()) {
      if (a.length > 1 && !e.name().equals(a[1])) continue;
      for (Call c :
          List.of(
              Call.GET_ROLLOUT,
              Call.LIST_REPLICASETS,
              Call.PATCH_STATUS,
              Call.CREATE_QUERY,
              Call.CREATE_RESULT,
              Call.GET_RESULT,
              Call.MARKER)) {
        if (a.length > 0 && !a[0].isEmpty() && !c.name().equals(a[0])) continue;
        for (boolean late :
            c == Call.PATCH_STATUS ? new boolean[] {false, true} : new boolean[] {false})
          for (Cell.When w : Cell.When.values())
            for (Trouble t : Trouble.values())
              for (boolean l : new boolean[] {false, true}) {
                Cell cell = new Cell(e, c, t, late, w, l);
                cells.put(cell.toString(), cell);
                f.put(
                    cell.toString(),
                    pool.submit(
                        () -> {
                          long s = System.nanoTime();
                          try {
                            return MatrixRun.of(cell);
                          } finally {
                            long ms = (System.nanoTime() - s) / 1000000;
                            if (ms > 1500) System.out.println("SLOW " + ms + " " + cell);
                          }
                        }));
              }
      }
    }
    long start = System.currentTimeMillis();
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (Cell.Evidence e : Cell.Evidence.values())
      for (var k : cells.values()) {
        if (k.lasting() || k.evidence() != e) continue;
        Cell l = new Cell(k.evidence(), k.call(), k.trouble(), k.carriedOut(), k.when(), true);
        String key =
            k.evidence()
                + " | "
                + k.call()
                + (k.carriedOut() ? "+" : "")
                + " | "
                + k.when()
                + " | "
                + get(f.get(k.toString()))
                + " | "
                + get(f.get(l.toString()));
        rows.computeIfAbsent(key, x -> new ArrayList<>()).add(k.trouble().word());
      }
    rows.forEach((k, v) -> System.out.println(k + " | " + String.join(" ", v)));
    System.out.println("took " + (System.currentTimeMillis() - start));
    if (a.length > 2)
      f.forEach(
          (k, v) -> {
            try {
              System.out.println(
                  k
                      + " => "
                      + v.get().session().ending().get().reason()
                      + "\n"
                      + v.get().session().timeline());
            } catch (Exception x) {
            }
          });
    pool.shutdownNow();
    System.exit(0);
  }

  static String get(Future<MatrixRun.Result> f) {
    try {
      return f.get().outcome();
    } catch (Exception e) {
      return "EXC " + e.getCause();
    }
  }
}
