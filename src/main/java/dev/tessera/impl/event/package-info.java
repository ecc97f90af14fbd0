/**
 * Tells consumers on the event bus what has changed: one address for each session. Called by the session core as its
 * listener, on the store's thread; knows the session core and nothing of commands or clients.
 */
package dev.tessera.impl.event;
