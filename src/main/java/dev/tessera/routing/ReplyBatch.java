package dev.tessera.routing;

/**
 * Replies to consecutive requests of a {@link CommandBatch}, one after the other in one array. An empty reply is silence.
 *
 * @param number the number of the batch that is answered
 * @param first the index of the first request that is answered
 * @param bytes the replies; not to be changed
 * @param ends where each reply ends; the first begins at 0, each other where the one before it ends
 */
public record ReplyBatch(long number, int first, byte[] bytes, int[] ends) {

  /** How many replies there are. */
  public int size() {
    return ends.length;
  }

  /** Where a reply begins. */
  public int from(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /** Where a reply ends. */
  public int to(int index) {
    return ends[index];
  }
}
