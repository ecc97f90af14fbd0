/**
 * The session core: partitions contain sessions, and a session has keys and an expiry. Commands call it on the thread
 * of the partition's owner. Plain Java: it knows no Vert.x, Hazelcast or JSON tree. Partitions have no clock either,
 * because every call passes the time; {@link dev.tessera.impl.session.SessionClock} is the clock of their callers.
 */
@NullMarked
package dev.tessera.impl.session;

import org.jspecify.annotations.NullMarked;
