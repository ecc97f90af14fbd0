package dev.tessera.impl.bench.self;

import dev.tessera.impl.bench.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The JVM flags and settings of cluster nodes on this machine. */
final class ClusterNodes {

    /** The flags that Hazelcast needs. The jar's manifest has them too, but it counts only with {@code -jar}. */
    static final List<String> JVM_FLAGS = List.of(
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private ClusterNodes() {}

    /** Returns the settings of each node, with ports that are free now. */
    static List<Map<String, String>> environments(int nodes, int eventLoops) {
        List<Integer> ports = freePorts(nodes);
        String members =
                String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList());
        List<Map<String, String>> environments = new ArrayList<>();
        for (int port : ports) {
            environments.add(Map.of(
                    "TESSERA_PORT",
                    "0",
                    "TESSERA_MANAGEMENT_PORT",
                    "0",
                    "TESSERA_EVENT_LOOPS",
                    Integer.toString(eventLoops),
                    "TESSERA_CLUSTER_ENABLED",
                    "true",
                    "TESSERA_CLUSTER_NAME",
                    "bench-" + ports.get(0),
                    "TESSERA_CLUSTER_PORT",
                    Integer.toString(port),
                    "TESSERA_CLUSTER_MEMBERS",
                    members));
        }
        return environments;
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new BenchException("no port is free: " + e.getMessage(), e);
        }
    }
}
