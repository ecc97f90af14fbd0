package dev.tessera.impl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.journal.file.UnreliableDisk.Fault;
import dev.tessera.impl.journal.file.UnreliableDisk.Survival;
import dev.tessera.testing.Layer;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loses power at every call to the disk, in a short run with snapshots, full segments and new ones. */
@Tag(Layer.CRASH)
class JournalCrashTest {

    private static final int TURNS = 60;
    private static final int TURNS_AFTER = 20;
    private static final int TURNS_MAX = 100 * TURNS;

    private final long seed = CrashSeed.draw();

    @ParameterizedTest
    @EnumSource(JournalOptions.Policy.class)
    void shouldKeepDurableChangesWhereverThePowerIsLost(JournalOptions.Policy policy) throws Exception {
        int turns = turnsToASnapshot(policy);
        long calls = callsOf(policy, turns);
        for (long call = 1; call <= calls; call++) {
            for (Survival survival : Survival.values()) {
                Simulation simulation = new Simulation(seed, policy);
                simulation.disk().failAt(call, Fault.POWER_LOSS);
                startAndRun(simulation, turns);
                Random random = new Random(seed + call);
                for (int again = 0; again < 3; again++) {
                    simulation.continueOn(
                            again == 1 && random.nextBoolean()
                                    ? simulation.disk().afterKill()
                                    : simulation.disk().afterPowerLoss(survival));
                    // The power may fail during the recovery.
                    simulation.disk().failAt(1 + random.nextInt(40), Fault.POWER_LOSS);
                    check(simulation, survival, () -> startAndRun(simulation, TURNS_AFTER));
                }
                simulation.continueOn(simulation.disk().afterPowerLoss(survival));
                check(simulation, survival, simulation::start);
            }
        }
        CrashSeed.report(
                policy + ", power lost at each of " + calls + " calls in " + Survival.values().length + " ways", seed);
    }

    private interface Action {
        void run() throws Exception;
    }

    private void check(Simulation simulation, Object what, Action action) {
        try {
            action.run();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ", " + what + ", " + simulation, e);
        }
    }

    /** Starts and runs until the power fails, or all turns are done. */
    private static void startAndRun(Simulation simulation, int turns) throws Exception {
        try {
            simulation.start();
        } catch (IOException e) {
            if (simulation.disk().isOff()) {
                return;
            }
            throw e;
        }
        simulation.run(turns);
        if (!simulation.disk().isOff()) {
            assertThat(simulation.state()).isEqualTo(JournalWriter.State.RUNNING);
        }
    }

    /** Returns after how many turns a snapshot is complete, as a multiple of {@link #TURNS}. */
    private int turnsToASnapshot(JournalOptions.Policy policy) throws Exception {
        Simulation simulation = new Simulation(seed, policy);
        simulation.start();
        int turns = 0;
        while (simulation.snapshotsComplete() == 0) {
            simulation.run(TURNS);
            turns += TURNS;
            assertThat(turns).as("turns without a snapshot, with seed %d", seed).isLessThan(TURNS_MAX);
        }
        return turns;
    }

    private long callsOf(JournalOptions.Policy policy, int turns) throws Exception {
        Simulation simulation = new Simulation(seed, policy);
        simulation.start();
        simulation.run(turns);
        assertThat(simulation.failures()).isZero();
        return simulation.disk().calls();
    }
}
