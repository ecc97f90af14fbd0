/**
 * The memory of stored data: the budget of a server, and an account for each partition. The session core counts its
 * objects in the accounts, and commands ask them for room. Plain Java: it knows no sessions, no Vert.x and no
 * Hazelcast.
 */
@NullMarked
package dev.tessera.impl.memory;

import org.jspecify.annotations.NullMarked;
