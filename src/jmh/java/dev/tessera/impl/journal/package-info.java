/** A comparison of the journal with an established storage engine. */
package dev.tessera.impl.journal;
