package io.jenkins.plugins.canarygate.jenkins.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That {@link Linkage} sees where a library is not as it was when a class was compiled. */
class LinkageTest {
  private static final String LIBRARY =
      """
      package lib;
      public abstract class Base {
        public static int shared;
        public int own;
        protected Base() {}
        public static void call(String text) {}
        public void open() {}
        protected void inherited() {}
        public interface Hook { void run(); }
        public interface Marker {}
      }
      """;
  private static final String OURS =
      """
      package ours;
      import lib.Base;
      public class Ours extends Base implements Base.Marker {
        public static void main(String[] args) {
          Base.call("x");
          Base.shared = new Ours().own;
          hook(() -> {});
          new Ours().inherited();
        }
        static void hook(Base.Hook hook) { hook.run(); }
        @Override public void open() {}
      }
      """;
  @TempDir Path folder;

  @Test
  void aLibraryThatIsAsItWasHasNoFaults() throws Exception {
    assertThat(faults(LIBRARY)).isEmpty();
  }

  @Test
  void aClassThatIsGoneIsAFault() throws Exception {
    assertThat(faults(changed("interface Hook", "interface Hoop")))
        .anyMatch(fault -> fault.contains("needs lib/Base$Hook, which is not there"));
  }

  @Test
  void aMethodWithOtherParametersIsAFault() throws Exception {
    assertThat(faults(changed("call(String text)", "call(CharSequence text)")))
        .containsExactly("ours/Ours needs lib/Base.call(Ljava/lang/String;)V, which is not there");
  }

  @Test
  void aMethodThatIsNoLongerStaticIsAFault() throws Exception {
    assertThat(faults(changed("static void call", "void call")))
        .containsExactly("ours/Ours lib/Base.call(Ljava/lang/String;)V is not static");
  }

  @Test
  void aFieldOfAnotherTypeIsAFault() throws Exception {
    assertThat(faults(changed("int own", "long own")))
        .containsExactly("ours/Ours needs ours/Ours.own:I, which is not there");
  }

  @Test
  void aMemberThatOnlyItsOwnPackageMayUseIsAFault() throws Exception {
    assertThat(faults(changed("public static int shared", "static int shared")))
        .containsExactly("ours/Ours may not use lib/Base.shared:I");
  }

  @Test
  void aSetFieldThatIsFinalIsAFault() throws Exception {
    assertThat(faults(changed("public static int shared;", "public static final int shared = 1;")))
        .containsExactly("ours/Ours sets lib/Base.shared:I, which is final");
  }

  @Test
  void anAbstractMethodThatNothingImplementsIsAFault() throws Exception {
    assertThat(faults(changed("interface Marker {}", "interface Marker { int number(); }")))
        .containsExactly("ours/Ours does not implement number()I and is not abstract");
  }

  @Test
  void anInterfaceThatAsksMoreOfALambdaIsAFault() throws Exception {
    assertThat(faults(changed("void run();", "void run(); void stop();")))
        .containsExactly(
            "ours/Ours has a lambda for lib/Base$Hook, which asks for more: [run()V, stop()V]");
  }

  @Test
  void anInterfaceThatBecameAClassIsAFault() throws Exception {
    assertThat(
            faults(
                changed(
                    "interface Hook { void run(); }",
                    "static class Hook { public void run() {} }")))
        .anyMatch(fault -> fault.contains("lib/Base$Hook.run()V: its owner is no interface"));
  }

  @Test
  void anOverriddenMethodThatIsFinalIsAFault() throws Exception {
    assertThat(faults(changed("public void open()", "public final void open()")))
        .containsExactly("ours/Ours overrides lib/Base.open, a final");
  }

  @Test
  void aClassThatMayNoLongerBeExtendedIsAFault() throws Exception {
    assertThat(faults(changed("public abstract class Base", "public final class Base")))
        .contains("ours/Ours cannot extend lib/Base");
  }

  private static String changed(String from, String to) {
    assertThat(LIBRARY).contains(from);
    return LIBRARY.replace(from, to);
  }

  private Set<String> faults(String library) throws IOException {
    Map<String, byte[]> then = compiled("then", Map.of("lib/Base", LIBRARY, "ours/Ours", OURS));
    Map<String, byte[]> now = compiled("now", Map.of("lib/Base", library));
    now.put("ours/Ours", then.get("ours/Ours"));
    Linkage linkage = new Linkage(new Classes(now), name -> name.startsWith("ours/"));

    linkage.link(now.get("ours/Ours"));

    return linkage.faults();
  }

  private Map<String, byte[]> compiled(String name, Map<String, String> sources)
      throws IOException {
    Path sourceFolder = folder.resolve(name + "-sources");
    Path classFolder = Files.createDirectories(folder.resolve(name));
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classFolder.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = sourceFolder.resolve(source.getKey() + ".java");
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(code).isZero();
    return ClassFolder.classes(classFolder);
  }
}
