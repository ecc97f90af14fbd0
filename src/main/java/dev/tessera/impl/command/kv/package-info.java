/** The commands on keys, {@code KV_}: one class each. They see the key space of one session and no more. */
package dev.tessera.impl.command.kv;
