/**
 * Kills servers that have a journal while clients write, starts them again, and holds what is there then to a model
 * that is kept over all rounds.
 */
package dev.tessera.crash;
