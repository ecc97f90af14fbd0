package dev.tessera.impl.routing;

/** A sink of parts and of answers that are no replies to a client. */
interface PartSink extends ReplySink {}
