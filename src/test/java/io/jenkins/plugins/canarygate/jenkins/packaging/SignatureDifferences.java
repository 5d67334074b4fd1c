package io.jenkins.plugins.canarygate.jenkins.packaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Where a signature says something else than the class that it stands for. */
final class SignatureDifferences {
  private static final int KIND =
      Opcodes.ACC_PUBLIC
          | Opcodes.ACC_FINAL
          | Opcodes.ACC_INTERFACE
          | Opcodes.ACC_ABSTRACT
          | Opcodes.ACC_ANNOTATION
          | Opcodes.ACC_ENUM;
  private static final int MEMBER =
      Opcodes.ACC_PUBLIC
          | Opcodes.ACC_PROTECTED
          | Opcodes.ACC_PRIVATE
          | Opcodes.ACC_STATIC
          | Opcodes.ACC_FINAL
          | Opcodes.ACC_ABSTRACT;
  private static final int UNSEEN = Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC;

  private final ClassNode written;
  private final ClassNode real;
  private final List<String> all = new ArrayList<>();

  SignatureDifferences(ClassNode written, ClassNode real) {
    this.written = written;
    this.real = real;
  }

  List<String> all() {
    compare("modifiers", access(written.access & KIND), access(real.access & KIND));
    compare("nesting", nesting(written), nesting(real));
    compare("superclass", written.superName, real.superName);
    compare("interfaces", Set.copyOf(written.interfaces), Set.copyOf(real.interfaces));
    compare("type parameters", written.signature, real.signature);
    if ((real.access & Opcodes.ACC_ANNOTATION) != 0) {
      compare("retention and targets", meta(written), meta(real));
    } else {
      lacks("annotations", names(written.visibleAnnotations), names(real.visibleAnnotations));
    }
    written.fields.stream().filter(field -> isSeen(field.access)).forEach(this::field);
    written.methods.stream().filter(method -> isSeen(method.access)).forEach(this::method);
    return all;
  }

  private static boolean isSeen(int access) {
    return (access & UNSEEN) == 0;
  }

  private void field(FieldNode field) {
    Optional<FieldNode> found =
        real.fields.stream()
            .filter(other -> other.name.equals(field.name) && other.desc.equals(field.desc))
            .findFirst();
    String name = field.name + ":" + field.desc;
    if (found.isEmpty()) {
      difference(name + " is not there");
      return;
    }
    compare(name, access(field.access & MEMBER), access(found.get().access & MEMBER));
    compare(name, field.signature, found.get().signature);
    compare(name + "'s constant", field.value, found.get().value);
  }

  private void method(MethodNode method) {
    Optional<MethodNode> found =
        real.methods.stream()
            .filter(other -> other.name.equals(method.name) && other.desc.equals(method.desc))
            .findFirst();
    String name = method.name + method.desc;
    if (method.name.equals("<clinit>")) {
      return;
    }
    if (found.isEmpty()) {
      difference(name + " is not there");
      return;
    }
    MethodNode other = found.get();
    int flags = MEMBER | Opcodes.ACC_VARARGS;
    compare(name, access(method.access & flags), access(other.access & flags));
    compare(name, method.signature, other.signature);
    compare(name + "'s exceptions", Set.copyOf(method.exceptions), Set.copyOf(other.exceptions));
    compare(name + "'s default", text(method.annotationDefault), text(other.annotationDefault));
  }

  private void compare(String what, Object written, Object real) {
    if (!Objects.equals(written, real)) {
      difference(what + ": " + written + ", in truth " + real);
    }
  }

  private void lacks(String what, Set<String> written, Set<String> real) {
    if (!real.containsAll(written)) {
      difference(what + ": " + written + ", in truth " + real);
    }
  }

  private void difference(String text) {
    all.add(written.name + " " + text);
  }

  private static Set<String> names(List<AnnotationNode> annotations) {
    return annotations == null
        ? Set.of()
        : annotations.stream().map(annotation -> annotation.desc).collect(Collectors.toSet());
  }

  /** What the compiler and the index of annotated classes go by. */
  private static Set<String> meta(ClassNode annotation) {
    Set<String> meta = new TreeSet<>();
    for (AnnotationNode node : annotation.visibleAnnotations) {
      if (node.desc.startsWith("Ljava/lang/annotation/")
          || node.desc.equals("Lorg/jvnet/hudson/annotation_indexer/Indexed;")) {
        meta.add(node.desc + text(node.values));
      }
    }
    return meta;
  }

  private static String text(Object value) {
    if (value instanceof Object[] array) {
      return Arrays.toString(array);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(SignatureDifferences::text).sorted().toList().toString();
    }
    return Objects.toString(value, "");
  }

  private static Optional<String> nesting(ClassNode node) {
    return node.innerClasses.stream()
        .filter(inner -> inner.name.equals(node.name))
        .map(inner -> access(inner.access & (MEMBER | Opcodes.ACC_STATIC)))
        .findFirst();
  }

  private static String access(int flags) {
    StringBuilder text = new StringBuilder();
    Map<Integer, String> names = new TreeMap<>();
    names.put(Opcodes.ACC_PUBLIC, "public");
    names.put(Opcodes.ACC_PRIVATE, "private");
    names.put(Opcodes.ACC_PROTECTED, "protected");
    names.put(Opcodes.ACC_STATIC, "static");
    names.put(Opcodes.ACC_FINAL, "final");
    names.put(Opcodes.ACC_VARARGS, "varargs");
    names.put(Opcodes.ACC_INTERFACE, "interface");
    names.put(Opcodes.ACC_ABSTRACT, "abstract");
    names.put(Opcodes.ACC_ANNOTATION, "annotation");
    names.put(Opcodes.ACC_ENUM, "enum");
    names.forEach(
        (flag, name) -> {
          if ((flags & flag) != 0) {
            text.append(name).append(' ');
          }
        });
    return text.toString().trim();
  }
}
