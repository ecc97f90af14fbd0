package dev.tessera.impl.cluster;

import com.hazelcast.cluster.Member;
import dev.tessera.impl.net.HostAndPort;

/** The attributes that a node shows to all members when it joins. Applications have none of them. */
final class MemberAttributes {

    /** The name of the node, unique in the cluster. */
    static final String NAME = "tessera.name";
    /** Whether the node never holds partitions. */
    static final String GATEWAY_ONLY = "tessera.gatewayOnly";
    /** Whether keys belong to sessions. */
    static final String SESSIONS = "tessera.sessions";
    /** Whether the node publishes changes of sessions. */
    static final String EVENTS = "tessera.events";
    /** The id of the member on the event bus; vertx-hazelcast reads it by this key. */
    static final String VERTX_NODE_ID = "__vertx.nodeId";

    private MemberAttributes() {}

    /** Returns whether the member is a node, not an application that joined to send commands. */
    static boolean isNode(Member member) {
        return member.getAttribute(NAME) != null;
    }

    /** Returns whether the member has partitions or may take some. */
    static boolean mayHavePartitions(Member member) {
        return isNode(member) && !Boolean.parseBoolean(member.getAttribute(GATEWAY_ONLY));
    }

    /** Returns the name of a node, or the address of another member. */
    static String nameOf(Member member) {
        return isNode(member) ? member.getAttribute(NAME) : addressOf(member);
    }

    /** Returns the address of a member for other members, in the form that {@code cluster.members} takes. */
    static String addressOf(Member member) {
        return HostAndPort.format(
                member.getAddress().getHost(), member.getAddress().getPort());
    }
}
