package dev.tessera.session;

import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** How many bytes all live objects of this JVM take, by the JVM's own heap histogram, which collects all garbage before. */
final class LiveHeap {

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

  private LiveHeap() {
  }

  static long bytes() {
    try {
      String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
          new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram", new Object[] {new String[0]},
          new String[] {String[].class.getName()});
      Matcher total = TOTAL.matcher(histogram);
      if (!total.find()) {
        throw new AssertionError("no total in:\n" + histogram);
      }
      return Long.parseLong(total.group(1));
    } catch (JMException e) {
      throw new AssertionError("this JVM makes no heap histogram", e);
    }
  }
}
