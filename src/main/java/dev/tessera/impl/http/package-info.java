/**
 * The HTTP rules that the server for clients and the server for operators share: strict framing, upgrades that are
 * ignored, and the hosts in whose name browsers may ask. Both servers create their Vert.x server here. It must not know
 * routes or commands.
 */
@NullMarked
package dev.tessera.impl.http;

import org.jspecify.annotations.NullMarked;
