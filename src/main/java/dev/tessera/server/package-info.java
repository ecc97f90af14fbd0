/**
 * The server as a whole: what is started in which order, and how it is stopped without losing replies. The command line
 * and programs that embed Tessera start it with a configuration. It puts the parts together and does none of their
 * work.
 */
package dev.tessera.server;
