package dev.tessera.impl.management;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The open connections of a listener, of which the oldest one gives way if there are too many. Thread: its loop. */
final class NewestConnections {

    private final int max;
    private final Set<Channel> open = new LinkedHashSet<>();

    NewestConnections(int max) {
        this.max = max;
    }

    /** Adds a connection that was just accepted. */
    void add(Channel channel) {
        if (open.size() == max) {
            Iterator<Channel> oldest = open.iterator();
            Channel dropped = oldest.next();
            oldest.remove();
            ChannelFuture unused = dropped.close();
        }
        open.add(channel);
        ChannelFuture unused = channel.closeFuture().addListener(closed -> open.remove(channel));
    }
}
