package io.jenkins.plugins.canarygate.jenkins.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Archives, and archives in archives, held in memory. */
final class Jars {
  private Jars() {}

  /** The files in an archive whose names pass. */
  static Map<String, byte[]> files(byte[] archive, Predicate<String> wanted) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory() && wanted.test(entry.getName())) {
          files.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return files;
  }

  /** The files in an archive on disk whose names pass. */
  static Map<String, byte[]> files(Path archive, Predicate<String> wanted) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (!entry.isDirectory() && wanted.test(entry.getName())) {
          try (InputStream in = zip.getInputStream(entry)) {
            files.put(entry.getName(), in.readAllBytes());
          }
        }
      }
    }
    return files;
  }

  /** The classes in an archive by internal name; a multi-release jar's newer ones are left out. */
  static Map<String, byte[]> classes(byte[] archive) throws IOException {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    files(archive, name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
        .forEach((name, file) -> classes.put(name.substring(0, name.length() - 6), file));
    return classes;
  }

  static Manifest manifest(byte[] archive) throws IOException {
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(archive))) {
      Manifest first = in.getManifest();
      if (first != null) {
        return first;
      }
    }
    byte[] file = files(archive, "META-INF/MANIFEST.MF"::equals).get("META-INF/MANIFEST.MF");
    return new Manifest(new ByteArrayInputStream(file == null ? new byte[0] : file));
  }

  static byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }
}
