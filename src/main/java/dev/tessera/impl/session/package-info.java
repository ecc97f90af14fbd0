/**
 * The session core: partitions hold sessions, a session holds its keys and knows when it ends. Called by commands, on
 * the thread of the partition's owner. Plain Java: no Vert.x, no Hazelcast, no JSON tree, and no clock, for {@code now}
 * comes in with every call.
 */
package dev.tessera.impl.session;
