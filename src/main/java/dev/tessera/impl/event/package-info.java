/**
 * Change events on the event bus, with one address for each session. The session core calls the publisher as its
 * listener, on the thread of the partition's owner. Knows the session core, but neither commands nor clients.
 */
@NullMarked
package dev.tessera.impl.event;

import org.jspecify.annotations.NullMarked;
