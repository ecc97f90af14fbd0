/**
 * The Java API for programs that run in the same Vert.x as a server, or in a Vert.x that has joined its cluster:
 * {@link dev.tessera.client.TesseraClient} for commands, {@link dev.tessera.client.TesseraEvents} for what has changed.
 * What is public here is for users and stays as it is; it knows no sessions, commands or stores, so that these may lie
 * elsewhere. How the commands travel is not public.
 */
package dev.tessera.client;
