package dev.tessera.impl.work;

/**
 * The options of the workers of a server.
 *
 * @param threads the number of threads
 * @param tasksMax the most tasks that wait or run
 * @param snapshotBytesMax the most memory that only waiting tasks keep alive; 0 means its share of the heap
 * @param slowMs a task is slow if it takes longer
 */
public record WorkerOptions(int threads, int tasksMax, long snapshotBytesMax, long slowMs) {}
