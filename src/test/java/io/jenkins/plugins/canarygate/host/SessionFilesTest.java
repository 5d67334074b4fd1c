package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.host.Sessions.Found;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("S1: a session in a file")
class SessionFilesTest {
  @TempDir Path folder;

  private final VirtualTime time = new VirtualTime();

  private Path file() {
    return folder.resolve("session.json");
  }

  private Sessions.Opened open(String digest, Mode mode) throws Exception {
    return Sessions.open(
        FileSessionStore.open(file()), Samples.spec(digest, mode), "gate-7", time.now());
  }

  @Test
  void beginsWhereThereIsNone() throws Exception {
    try (Sessions.Opened opened = open("d1", Mode.RUN)) {
      assertThat(opened.found()).isEqualTo(Found.NEW);
      assertThat(opened.session().id()).isEqualTo("gate-7");
      assertThat(opened.session().started()).isEqualTo(time.wall());
      assertThat(file()).doesNotExist();
    }
  }

  @Test
  void isGoneOnFrom() throws Exception {
    GateSession kept;
    try (Sessions.Opened opened = open("d1", Mode.RUN)) {
      kept = Samples.noted(opened.session(), time.wall(), "waiting");
      opened.store().save(opened.session());
      opened.store().save(kept);
    }
    try (Sessions.Opened again = open("d1", Mode.RUN)) {
      assertThat(again.found()).isEqualTo(Found.RESUMED);
      assertThat(again.session()).isEqualTo(kept);
    }
  }

  @Test
  void isFoundFinished() throws Exception {
    try (Sessions.Opened opened = open("d1", Mode.RUN)) {
      opened.store().save(Samples.ended(opened.session(), time.wall()));
    }
    try (Sessions.Opened again = open("d1", Mode.RUN)) {
      assertThat(again.found()).isEqualTo(Found.FINISHED);
      assertThat(again.session().ending()).isPresent();
    }
  }

  @Test
  void ofAnotherGateFileIsRefusedAndLeftAsItIs() throws Exception {
    try (Sessions.Opened opened = open("d1", Mode.RUN)) {
      opened.store().save(opened.session());
    }
    String before = Files.readString(file());

    assertThatThrownBy(() -> open("d2", Mode.RUN))
        .isInstanceOf(OtherGateException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("another gate file or other parameters")
        .hasMessageContaining("remove it to begin anew");
    assertThat(Files.readString(file())).isEqualTo(before);
    // Refused, it is not held.
    open("d1", Mode.RUN).close();
  }

  @Test
  void ofAnotherCommandIsRefused() throws Exception {
    try (Sessions.Opened opened = open("d1", Mode.DRY_RUN)) {
      opened.store().save(opened.session());
    }

    assertThatThrownBy(() -> open("d1", Mode.RUN)).isInstanceOf(OtherGateException.class);
  }

  @Test
  void hasOneOwnerAtATime() throws Exception {
    try (Sessions.Opened opened = open("d1", Mode.RUN)) {
      assertThat(opened.found()).isEqualTo(Found.NEW);
      assertThatThrownBy(() -> open("d1", Mode.RUN))
          .isInstanceOf(SessionBusyException.class)
          .hasMessageContaining(file().toString());
    }
    open("d1", Mode.RUN).close();
  }

  @Test
  void hasOneOwnerAmongProcesses() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SessionOwner.class.getName(),
                file().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader says =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(says.readLine()).isEqualTo("owned");

      assertThatThrownBy(() -> open("d1", Mode.RUN)).isInstanceOf(SessionBusyException.class);
    } finally {
      other.destroyForcibly();
    }
    assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
    // A killed process holds nothing.
    open("d1", Mode.RUN).close();
  }

  @Test
  void thatIsNoneIsRefusedByName() throws Exception {
    Files.writeString(file(), "{\"hello\": \"world\"}");

    assertThatThrownBy(() -> open("d1", Mode.RUN))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("no saved session");
  }

  @Test
  void thatIsBrokenIsRefusedByName() throws Exception {
    Files.writeString(file(), "{\"version\": 1, \"id\": ");

    assertThatThrownBy(() -> open("d1", Mode.RUN))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file().toString());
  }

  @Test
  void thatIsNoTextIsRefusedByName() throws Exception {
    Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

    assertThatThrownBy(() -> open("d1", Mode.RUN))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file().toString());
  }

  @Test
  void inAFolderThatDoesNotExistIsRefusedByName() {
    assertThatThrownBy(() -> FileSessionStore.open(folder.resolve("no/session.json")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void isWholeAtEachInstant() throws Exception {
    try (Sessions.Opened opened = open("d1", Mode.RUN)) {
      opened.store().save(opened.session());
      GateSession longer = opened.session();
      for (int line = 0; line < 50; line++) {
        longer = Samples.noted(longer, time.wall(), "x".repeat(1000));
        opened.store().save(longer);
        assertThat(opened.store().load()).contains(longer);
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("session.json", "session.json.lock");
    }
  }

  @Test
  void thatAKilledProcessWasWritingIsTheOneBefore() throws Exception {
    GateSession kept;
    try (Sessions.Opened opened = open("d1", Mode.RUN)) {
      kept = opened.session();
      opened.store().save(kept);
    }
    Files.writeString(folder.resolve("session.json.tmp"), "{\"version\": 1, \"id");

    try (Sessions.Opened again = open("d1", Mode.RUN)) {
      assertThat(again.session()).isEqualTo(kept);
      again.store().save(Samples.noted(kept, time.wall(), "on"));
      assertThat(again.store().load().orElseThrow().timeline()).hasSize(1);
    }
  }

  @Test
  void isNotWrittenThroughALinkThatLiesInItsWay() throws Exception {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
    Files.createSymbolicLink(folder.resolve("session.json.tmp"), elsewhere);

    try (Sessions.Opened opened = open("d1", Mode.RUN)) {
      opened.store().save(opened.session());
    }

    assertThat(elsewhere).hasContent("mine");
  }

  @Test
  void thatWasGivenUpIsWrittenNoMore() throws Exception {
    Sessions.Opened opened = open("d1", Mode.RUN);
    opened.close();

    assertThatThrownBy(() -> opened.store().save(opened.session()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("given up");
  }
}
