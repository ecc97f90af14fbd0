/**
 * The kinds of parameters: how each is read from the scanner, and what is wrong with it where it is wrong. Called by
 * the decoder, declared by the commands.
 */
package dev.tessera.impl.command.parameter;
