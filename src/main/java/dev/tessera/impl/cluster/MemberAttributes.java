package dev.tessera.impl.cluster;

import com.hazelcast.cluster.Member;

/** What a member says of itself to all others as it joins. Applications that join as lite members say none of it. */
final class MemberAttributes {

    /** The node's name; there is one of it in a cluster. */
    static final String NAME = "tessera.name";
    /** Whether it never has partitions. */
    static final String GATEWAY_ONLY = "tessera.gatewayOnly";
    /** Whether it has sessions. */
    static final String SESSIONS = "tessera.sessions";
    /** Whether it tells what happens to sessions. */
    static final String EVENTS = "tessera.events";
    /** The event bus's name for the member; vertx-hazelcast reads it by this key. */
    static final String VERTX_NODE_ID = "__vertx.nodeId";

    private MemberAttributes() {}

    /** Whether the member is a node, and not another application that joined to send commands. */
    static boolean isNode(Member member) {
        return member.getAttribute(NAME) != null;
    }

    /** Whether the member has partitions or is about to take some. */
    static boolean mayHavePartitions(Member member) {
        return isNode(member) && !Boolean.parseBoolean(member.getAttribute(GATEWAY_ONLY));
    }

    /** Its name, or where it is no node, its address. */
    static String nameOf(Member member) {
        return isNode(member)
                ? member.getAttribute(NAME)
                : member.getAddress().getHost() + ":" + member.getAddress().getPort();
    }
}
