package io.jenkins.plugins.canarygate.jenkins.packaging;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/** Links classes as a virtual machine would, all at once and without running them. */
final class Linkage {
  private final Classes classes;
  private final Predicate<String> isOurs;
  private final Set<String> faults = new TreeSet<>();

  private record Found(ClassNode owner, int access) {}

  /**
   * @param isOurs which classes are linked; everything else is taken as it is
   */
  Linkage(Classes classes, Predicate<String> isOurs) {
    this.classes = classes;
    this.isOurs = isOurs;
  }

  Set<String> faults() {
    return faults;
  }

  void link(byte[] file) {
    ClassNode node = Classes.node(file);
    Uses uses = Uses.of(new ClassReader(file));
    for (String type : uses.types()) {
      if (!isForTheCompilerAlone(type)) {
        type(node, type);
      }
    }
    uses.members().forEach(member -> member(node, member));
    uses.lambdas().forEach(lambda -> lambda(node, lambda));
    supertypes(node);
    finalMethods(node);
    if ((node.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0) {
      missing(node)
          .forEach(method -> fault(node, "does not implement " + method + " and is not abstract"));
    }
  }

  /** Annotations that are not there at run time. */
  private static boolean isForTheCompilerAlone(String type) {
    return type.startsWith("edu/umd/cs/findbugs/annotations/");
  }

  private void type(ClassNode from, String name) {
    Optional<ClassNode> type = classes.find(name);
    if (type.isEmpty()) {
      fault(from, "needs " + name + ", which is not there");
    } else if (!isOurs.test(name) && (type.get().access & Opcodes.ACC_PUBLIC) == 0) {
      fault(from, "needs " + name + ", which is not public");
    }
  }

  private void member(ClassNode from, Uses.Member member) {
    if (member.owner().startsWith("[") || classes.isJdk(member.owner())) {
      return;
    }
    Optional<ClassNode> owner = classes.find(member.owner());
    if (owner.isEmpty()) {
      return;
    }
    if (!member.isField() && member.onInterface() != isInterface(owner.get())) {
      fault(from, member + ": its owner is " + (member.onInterface() ? "no" : "an") + " interface");
    }
    Optional<Found> found =
        member.isField()
            ? field(owner.get(), member.name(), member.descriptor())
            : method(owner.get(), member.name(), member.descriptor());
    if (found.isEmpty()) {
      fault(from, "needs " + member + ", which is not there");
      return;
    }
    if (member.isStatic() != has(found.get(), Opcodes.ACC_STATIC)) {
      fault(from, member + (member.isStatic() ? " is not static" : " is static"));
    }
    if (!mayUse(from, found.get())) {
      fault(from, "may not use " + member);
    }
    if ((member.opcode() == Opcodes.PUTFIELD || member.opcode() == Opcodes.PUTSTATIC)
        && has(found.get(), Opcodes.ACC_FINAL)
        && !found.get().owner().name.equals(from.name)) {
      fault(from, "sets " + member + ", which is final");
    }
  }

  private boolean mayUse(ClassNode from, Found found) {
    if (isOurs.test(found.owner().name) || has(found, Opcodes.ACC_PUBLIC)) {
      return true;
    }
    return has(found, Opcodes.ACC_PROTECTED)
        && supertypesOf(from).stream().anyMatch(type -> type.name.equals(found.owner().name));
  }

  private void lambda(ClassNode from, Uses.Lambda lambda) {
    Optional<ClassNode> type = classes.find(lambda.type());
    if (type.isEmpty() || classes.isJdk(lambda.type())) {
      return;
    }
    List<String> abstracts = new ArrayList<>(missing(type.get()));
    String asked = lambda.method() + lambda.descriptor();
    if (!isInterface(type.get()) || abstracts.stream().noneMatch(asked::equals)) {
      fault(from, "has a lambda for " + lambda.type() + "." + asked + ", which is not there");
    } else if (abstracts.size() > 1) {
      fault(from, "has a lambda for " + lambda.type() + ", which asks for more: " + abstracts);
    }
  }

  private void supertypes(ClassNode node) {
    classes
        .find(node.superName)
        .filter(parent -> isInterface(parent) || (parent.access & Opcodes.ACC_FINAL) != 0)
        .ifPresent(parent -> fault(node, "cannot extend " + parent.name));
    for (String name : node.interfaces) {
      classes
          .find(name)
          .filter(type -> !isInterface(type))
          .ifPresent(type -> fault(node, "cannot implement " + name));
    }
  }

  private void finalMethods(ClassNode node) {
    for (ClassNode parent : supertypesOf(node)) {
      parent.methods.stream()
          .filter(method -> (method.access & Opcodes.ACC_FINAL) != 0)
          .filter(method -> (method.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC)) == 0)
          .filter(method -> declares(node, method.name, method.desc))
          .forEach(
              method -> fault(node, "overrides " + parent.name + "." + method.name + ", a final"));
    }
  }

  private static boolean declares(ClassNode node, String name, String descriptor) {
    return node.methods.stream()
        .filter(method -> (method.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC)) == 0)
        .anyMatch(method -> method.name.equals(name) && method.desc.equals(descriptor));
  }

  /** The abstract methods, its own and inherited, that nothing in its supertypes implements. */
  private Set<String> missing(ClassNode node) {
    Set<String> missing = new TreeSet<>();
    List<ClassNode> all = new ArrayList<>(supertypesOf(node));
    all.add(node);
    for (ClassNode type : all) {
      type.methods.stream()
          .filter(method -> (method.access & Opcodes.ACC_ABSTRACT) != 0)
          .filter(method -> !isInterface(type) || !declares(object(), method.name, method.desc))
          .filter(
              method ->
                  method(node, method.name, method.desc)
                      .map(found -> has(found, Opcodes.ACC_ABSTRACT))
                      .orElse(true))
          .forEach(method -> missing.add(method.name + method.desc));
    }
    return missing;
  }

  /** Looked for in the order of the virtual machine: superclasses, then what interfaces default. */
  private Optional<Found> method(ClassNode node, String name, String descriptor) {
    Function<ClassNode, Optional<Found>> own =
        type ->
            type.methods.stream()
                .filter(method -> method.name.equals(name) && method.desc.equals(descriptor))
                .map(method -> new Found(type, method.access))
                .findFirst();
    for (Optional<ClassNode> type = Optional.of(node); type.isPresent(); type = parent(type)) {
      Optional<Found> found = own.apply(type.get());
      if (found.isPresent()) {
        return found;
      }
    }
    List<Found> inherited =
        supertypesOf(node).stream()
            .filter(Linkage::isInterface)
            .map(own)
            .flatMap(Optional::stream)
            .toList();
    Optional<Found> runs =
        inherited.stream().filter(found -> !has(found, Opcodes.ACC_ABSTRACT)).findFirst();
    if (runs.isPresent()) {
      return runs;
    }
    return inherited.stream().findFirst();
  }

  private Optional<Found> field(ClassNode node, String name, String descriptor) {
    List<ClassNode> all = new ArrayList<>(List.of(node));
    all.addAll(supertypesOf(node));
    return all.stream()
        .flatMap(
            type ->
                type.fields.stream()
                    .filter(field -> field.name.equals(name) && field.desc.equals(descriptor))
                    .map(field -> new Found(type, field.access)))
        .findFirst();
  }

  private ClassNode object() {
    return classes.find("java/lang/Object").orElseThrow();
  }

  private Optional<ClassNode> parent(Optional<ClassNode> type) {
    return type.map(node -> node.superName).flatMap(classes::find);
  }

  private Set<ClassNode> supertypesOf(ClassNode node) {
    Set<ClassNode> all = new LinkedHashSet<>();
    addSupertypes(node, all);
    return all;
  }

  private void addSupertypes(ClassNode node, Set<ClassNode> all) {
    List<String> names = new ArrayList<>();
    if (node.superName != null) {
      names.add(node.superName);
    }
    names.addAll(node.interfaces);
    for (String name : names) {
      classes.find(name).filter(all::add).ifPresent(type -> addSupertypes(type, all));
    }
  }

  private static boolean isInterface(ClassNode node) {
    return (node.access & Opcodes.ACC_INTERFACE) != 0;
  }

  private static boolean has(Found found, int flag) {
    return (found.access() & flag) != 0;
  }

  private void fault(ClassNode node, String what) {
    faults.add(node.name + " " + what);
  }
}
