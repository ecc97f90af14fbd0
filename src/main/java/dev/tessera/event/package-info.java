/** The kinds of change events. Part of the public API; clients and the server use it. Knows no other package. */
@NullMarked
package dev.tessera.event;

import org.jspecify.annotations.NullMarked;
