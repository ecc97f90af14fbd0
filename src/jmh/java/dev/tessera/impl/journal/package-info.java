/** The journal against a proven storage engine. */
package dev.tessera.impl.journal;
