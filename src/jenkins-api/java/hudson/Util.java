package hudson;

import java.io.File;
import java.io.IOException;

public class Util {
  public static String fixNull(String s) {
    throw new UnsupportedOperationException();
  }

  public static String fixEmpty(String s) {
    throw new UnsupportedOperationException();
  }

  public static String fixEmptyAndTrim(String s) {
    throw new UnsupportedOperationException();
  }

  public static String escape(String text) {
    throw new UnsupportedOperationException();
  }

  public static String xmlEscape(String text) {
    throw new UnsupportedOperationException();
  }

  public static String rawEncode(String s) {
    throw new UnsupportedOperationException();
  }

  public static String getTimeSpanString(long duration) {
    throw new UnsupportedOperationException();
  }

  public static String toHexString(byte[] bytes) {
    throw new UnsupportedOperationException();
  }

  public static String getDigestOf(String text) {
    throw new UnsupportedOperationException();
  }

  public static boolean isSafeToRedirectTo(String uri) {
    throw new UnsupportedOperationException();
  }

  public static boolean isOverridden(
      Class<?> base, Class<?> derived, String methodName, Class<?>... types) {
    throw new UnsupportedOperationException();
  }

  public static void deleteRecursive(File dir) throws IOException {
    throw new UnsupportedOperationException();
  }
}
