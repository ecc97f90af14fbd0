/**
 * How sessions leave and enter partitions: commands that the server gives to itself, whose arguments and replies are
 * plain bytes. Called by what saves and loads; knows the text of saves, and nothing of files.
 */
package dev.tessera.impl.command.transfer;
