package dev.tessera.impl.routing;

import dev.tessera.impl.command.Request;

/**
 * A request of a {@link dev.tessera.impl.command.NodeCommand} on its way to the node.
 *
 * @param replyAddress where its answers go
 * @param number the number that answers repeat
 * @param request only read
 */
public record NodeCall(String replyAddress, long number, Request request) {}
