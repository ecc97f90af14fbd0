package dev.tessera.jsonpath.text;

/**
 * Exact order of JSON numbers as they are written, without converting them.
 *
 * <p>A number is {@code sign * 0.d1d2d3... * 10^scale} with {@code d1} not zero. Two numbers of one sign are compared by scale,
 * then digit by digit, missing digits being zeros; so {@code 1.0} equals {@code 1}, {@code -0} equals {@code 0}, and
 * {@code 1e400} differs from {@code 1e401}. Exponents beyond {@value #EXPONENT_MAX} are taken as that.
 */
final class Numbers {

  private static final long EXPONENT_MAX = 1_000_000_000_000_000L;
  /** A whole number of so many characters fits a long, sign or not. */
  private static final int LONG_CHARS_MAX = 18;
  private static final long NOT_LONG = Long.MIN_VALUE;

  private Numbers() {
  }

  static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    long wholeA = whole(a, aFrom, aTo);
    if (wholeA != NOT_LONG) {
      long wholeB = whole(b, bFrom, bTo);
      if (wholeB != NOT_LONG) {
        return Long.compare(wholeA, wholeB);
      }
    }
    int signA = sign(a, aFrom, aTo);
    int signB = sign(b, bFrom, bTo);
    if (signA != signB || signA == 0) {
      return Integer.compare(signA, signB);
    }
    int byScale = Long.compare(scale(a, aFrom, aTo), scale(b, bFrom, bTo));
    return signA * (byScale != 0 ? byScale : compareDigits(a, aFrom, aTo, b, bFrom, bTo));
  }

  private static long whole(byte[] text, int from, int to) {
    if (to - from > LONG_CHARS_MAX) {
      return NOT_LONG;
    }
    boolean negative = text[from] == '-';
    long value = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return NOT_LONG;
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  private static int sign(byte[] text, int from, int to) {
    int first = firstDigit(text, from, to);
    if (first == to) {
      return 0;
    }
    return text[from] == '-' ? -1 : 1;
  }

  /** Returns the position of the first digit that is not zero, or {@code to} if the number is zero. */
  private static int firstDigit(byte[] text, int from, int to) {
    for (int i = from; i < to && !isExponentMark(text[i]); i++) {
      if (text[i] >= '1' && text[i] <= '9') {
        return i;
      }
    }
    return to;
  }

  private static long scale(byte[] text, int from, int to) {
    int point = -1;
    int mantissaEnd = from;
    while (mantissaEnd < to && !isExponentMark(text[mantissaEnd])) {
      if (text[mantissaEnd] == '.') {
        point = mantissaEnd;
      }
      mantissaEnd++;
    }
    int first = firstDigit(text, from, to);
    int unit = point < 0 ? mantissaEnd : point;
    long scale = first < unit ? unit - first : unit - first + 1;
    return scale + exponent(text, mantissaEnd + 1, to);
  }

  private static long exponent(byte[] text, int from, int to) {
    if (from >= to) {
      return 0;
    }
    boolean negative = text[from] == '-';
    long value = 0;
    for (int i = negative || text[from] == '+' ? from + 1 : from; i < to; i++) {
      value = Math.min(value * 10 + (text[i] - '0'), EXPONENT_MAX);
    }
    return negative ? -value : value;
  }

  private static int compareDigits(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int i = firstDigit(a, aFrom, aTo);
    int j = firstDigit(b, bFrom, bTo);
    while (true) {
      i = i < aTo && a[i] == '.' ? i + 1 : i;
      j = j < bTo && b[j] == '.' ? j + 1 : j;
      boolean endA = i >= aTo || isExponentMark(a[i]);
      boolean endB = j >= bTo || isExponentMark(b[j]);
      if (endA && endB) {
        return 0;
      }
      int digitA = endA ? '0' : a[i++];
      int digitB = endB ? '0' : b[j++];
      if (digitA != digitB) {
        return Integer.compare(digitA, digitB);
      }
    }
  }

  private static boolean isExponentMark(byte b) {
    return b == 'e' || b == 'E';
  }
}
