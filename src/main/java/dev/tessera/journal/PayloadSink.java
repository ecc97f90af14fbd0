package dev.tessera.journal;

/** Takes payloads one after the other. */
public interface PayloadSink {

  /** How large a payload of an image becomes before it is handed over and another one begun. */
  int IMAGE_BYTES = 256 * 1024;

  /** Takes one; the array may be used again when the call is over. */
  void payload(byte[] bytes, int from, int to);
}
