package dev.tessera.jsonpath.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the end of strings eight bytes at a time ("SIMD within a register").
 *
 * <p>A byte of {@code w ^ pattern} is zero where {@code w} holds the wanted byte. {@code (x - 0x01..) & ~x & 0x80..} sets the
 * high bit of every zero byte; borrows can set it falsely only above a true zero byte, so the lowest bit set is always
 * right. With the word read in little-endian order the lowest byte is the first one of the text.
 */
final class Swar {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private Swar() {
  }

  /** Returns eight bytes as one word, the first byte lowest. */
  static long word(byte[] text, int at) {
    return (long) WORD.get(text, at);
  }

  /** Returns the first position in {@code [at, limit)} that holds a quote or a backslash, or {@code limit}. */
  static int quoteOrBackslash(byte[] text, int at, int limit) {
    while (limit - at >= Long.BYTES) {
      long word = word(text, at);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      long found = ((quote - ONES) & ~quote | (backslash - ONES) & ~backslash) & HIGHS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < limit && text[at] != '"' && text[at] != '\\') {
      at++;
    }
    return at;
  }
}
