package dev.tessera.config;

/** The sessions that the server ends to make room for a write that does not fit into the memory for stored data. */
public enum EvictionPolicy {
    /** None: the write is refused. */
    OFF,
    /** Those that can expire, the least recently used ones first. */
    LRU
}
