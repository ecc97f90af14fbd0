/** The kinds of change events. Part of the public API. */
package dev.tessera.event;
