package io.jenkins.plugins.canarygate.jenkins.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** Class files by internal name, as far as one looks: ours, Jenkins' and the JDK's. */
final class Classes {
  private static final ClassLoader JDK = ClassLoader.getPlatformClassLoader();

  private final Map<String, byte[]> files;
  private final Map<String, Optional<ClassNode>> read = new HashMap<>();

  /**
   * @param files what there is beside the JDK's, by internal name
   */
  Classes(Map<String, byte[]> files) {
    this.files = files;
  }

  Optional<ClassNode> find(String name) {
    Optional<ClassNode> known = read.get(name);
    if (known == null) {
      known = bytes(name).map(Classes::node);
      read.put(name, known);
    }
    return known;
  }

  boolean isJdk(String name) {
    return !files.containsKey(name) && find(name).isPresent();
  }

  private Optional<byte[]> bytes(String name) {
    byte[] own = files.get(name);
    if (own != null) {
      return Optional.of(own);
    }
    try (InputStream in = JDK.getResourceAsStream(name + ".class")) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ClassNode node(byte[] file) {
    ClassNode node = new ClassNode();
    new ClassReader(file).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
    return node;
  }
}
