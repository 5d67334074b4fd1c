package io.jenkins.plugins.canarygate.jenkins.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

/** What one class uses: types, members, and interfaces that a lambda of it implements. */
record Uses(Set<String> types, List<Member> members, List<Lambda> lambdas) {
  /**
   * A method or a field.
   *
   * @param opcode how it is used: one of the instructions for members
   * @param onInterface whether the owner is taken for an interface; false for fields
   */
  record Member(int opcode, String owner, String name, String descriptor, boolean onInterface) {
    boolean isField() {
      return opcode >= Opcodes.GETSTATIC && opcode <= Opcodes.PUTFIELD;
    }

    boolean isStatic() {
      return opcode == Opcodes.GETSTATIC
          || opcode == Opcodes.PUTSTATIC
          || opcode == Opcodes.INVOKESTATIC;
    }

    @Override
    public String toString() {
      return owner + "." + name + (isField() ? ":" : "") + descriptor;
    }
  }

  /** An interface that a lambda implements, and which method of it. */
  record Lambda(String type, String method, String descriptor) {}

  static Uses of(ClassReader file) {
    Uses uses = new Uses(new TreeSet<>(), new ArrayList<>(), new ArrayList<>());
    ClassVisitor types =
        new ClassRemapper(
            new ClassNode(),
            new Remapper(Opcodes.ASM9) {
              @Override
              public String map(String name) {
                uses.types.add(name);
                return name;
              }
            });
    file.accept(uses.new InMethods(types), ClassReader.SKIP_FRAMES);
    return uses;
  }

  private final class InMethods extends ClassVisitor {
    InMethods(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new InCode(super.visitMethod(access, name, descriptor, signature, exceptions));
    }
  }

  private final class InCode extends MethodVisitor {
    InCode(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      members.add(new Member(opcode, owner, name, descriptor, false));
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      members.add(new Member(opcode, owner, name, descriptor, isInterface));
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          members.add(
              new Member(
                  opcode(handle),
                  handle.getOwner(),
                  handle.getName(),
                  handle.getDesc(),
                  handle.isInterface()));
        }
      }
      if (bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
        lambdas.add(
            new Lambda(
                Type.getReturnType(descriptor).getInternalName(),
                name,
                ((Type) arguments[0]).getDescriptor()));
      }
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    private static int opcode(Handle handle) {
      return switch (handle.getTag()) {
        case Opcodes.H_GETFIELD -> Opcodes.GETFIELD;
        case Opcodes.H_GETSTATIC -> Opcodes.GETSTATIC;
        case Opcodes.H_PUTFIELD -> Opcodes.PUTFIELD;
        case Opcodes.H_PUTSTATIC -> Opcodes.PUTSTATIC;
        case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
        case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
        case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
        default -> Opcodes.INVOKESPECIAL;
      };
    }
  }
}
