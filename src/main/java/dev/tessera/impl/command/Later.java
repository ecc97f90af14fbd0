package dev.tessera.impl.command;

/** The rest of a command that takes long, and so runs on a worker. */
public sealed interface Later permits Deferred, Preparation {}
