package dev.tessera.impl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ClusterStateTest {

    private static final ClusterState.Node HOLDER = new ClusterState.Node("n1", "10.0.0.1:5701", true, 61, 0, false);
    private static final ClusterState.Node GATEWAY = new ClusterState.Node("n2", "10.0.0.2:5701", false, 0, 0, false);

    @Test
    void shouldNotShowAJoiningNodeAsOneThatHoldsNothing() {
        assertThat(new ClusterState.Node("n3", "10.0.0.3:5701", false, 0, 0, true))
                .hasToString("n3 is joining");
    }

    @Test
    void shouldSayInOneLineHowTheClusterStands() {
        assertThat(new ClusterState("tessera", "n1", 1, true, 61, 0, 0, true, List.of(HOLDER, GATEWAY)))
                .hasToString("Cluster tessera: 2 nodes (n1 has 61 partitions and 0 copies; n2 holds none), 0 "
                        + "migrations to come, safe");
        assertThat(new ClusterState("tessera", "n1", 2, false, 61, 5, 7, false, List.of(HOLDER)))
                .hasToString("Cluster tessera: 1 node (n1 has 61 partitions and 0 copies), 5 partitions without an "
                        + "owner, fewer than"
                        + " cluster.minMembers=2, so commands are refused, 7 migrations to come, not safe yet");
    }

    @Test
    void shouldSayTheSameAsJson() {
        assertThat(new ClusterState("tessera", "n1", 1, true, 61, 0, 0, true, List.of(GATEWAY)).toJson())
                .isEqualTo("""
                        {"cluster":"tessera","node":"n1","minMembers":1,"enoughMembers":true,"partitions":61,\
                        "unassigned":0,"migrations":0,"safe":true,"members":[{"name":"n2",\
                        "address":"10.0.0.2:5701","partitions":false,"owned":0,"backup":0}]}""");
    }
}
