package dev.tessera.impl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.journal.file.UnreliableDisk.Fault;
import dev.tessera.impl.journal.file.UnreliableDisk.Survival;
import dev.tessera.testing.Layer;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lets each call to the disk fail in turn, and checks that durable changes survive, before and after the rewrite. */
@Tag(Layer.CRASH)
class JournalFailureTest {

    private static final int TURNS = 60;
    private static final int TURNS_AFTER = 60;
    private static final long BYTES_MAX = 60_000;
    private static final int ROUNDS = 8;
    private static final int CALLS_TO_HEAL = 60;

    private final long seed = CrashSeed.draw();

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = "POWER_LOSS", mode = EnumSource.Mode.EXCLUDE)
    void shouldHealAfterAnyCallHasFailed(Fault fault) throws Exception {
        Simulation trial = new Simulation(seed, JournalOptions.Policy.ALWAYS);
        trial.start();
        trial.run(TURNS);
        long calls = trial.disk().calls();
        int failures = 0;
        for (long call = 1; call <= calls; call++) {
            Simulation simulation = new Simulation(seed, JournalOptions.Policy.ALWAYS);
            simulation.disk().failAt(call, fault);
            try {
                if (starts(simulation)) {
                    simulation.run(TURNS);
                    simulation.checkAfter(Survival.ANY);
                    simulation.checkAfter(Survival.NOTHING);
                    simulation.run(TURNS_AFTER);
                    assertThat(simulation.state()).isEqualTo(JournalWriter.State.RUNNING);
                    failures += simulation.failures();
                }
                simulation.checkAfter(Survival.NOTHING);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ", " + simulation, e);
            }
        }
        assertThat(failures).isPositive();
        CrashSeed.report(fault + " at each of " + calls + " calls", seed);
    }

    /** Returns whether the journal starts. A start may fail because of the faulty call. */
    private static boolean starts(Simulation simulation) throws Exception {
        try {
            simulation.start();
            return true;
        } catch (IOException e) {
            assertThat(e).hasMessageContaining(simulation.disk().faultyCall());
            return false;
        }
    }

    /** The second fault comes up to {@link #CALLS_TO_HEAL} calls after the first one. */
    @Test
    void shouldKeepDurableChangesIfThePowerIsLostDuringTheRewrite() throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long failing = 20L + random.nextInt(80);
            for (int later = 1; later < CALLS_TO_HEAL; later++) {
                Simulation simulation = new Simulation(seed + round, JournalOptions.Policy.ALWAYS);
                simulation.disk().failAt(failing, Fault.FAILURE);
                simulation.disk().failAt(failing + later, Fault.POWER_LOSS);
                try {
                    simulation.start();
                    simulation.run(TURNS + TURNS_AFTER);
                    assertThat(simulation.disk().isOff()).isTrue();
                    for (Survival survival : Survival.values()) {
                        simulation.checkAfter(survival);
                    }
                } catch (Exception | AssertionError e) {
                    throw new AssertionError(
                            "seed " + seed + ", failing " + failing + ", later " + later + ", " + simulation, e);
                }
            }
        }
        CrashSeed.report("power lost while it heals", seed);
    }

    /** Writes into removed files succeed, so that only a look at the directory tells. */
    @Test
    void shouldConfirmNothingAfterItsFilesWereRemovedAndWriteEverythingAnew() throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Simulation simulation = new Simulation(seed + round, JournalOptions.Policy.ALWAYS);
            try {
                simulation.start();
                simulation.run(1 + random.nextInt(TURNS));
                simulation.disk().removeAll();
                simulation.run(1);
                assertThat(simulation.state()).isEqualTo(JournalWriter.State.FAILED);

                simulation.run(TURNS_AFTER);

                assertThat(simulation.state()).isEqualTo(JournalWriter.State.RUNNING);
                simulation.checkAfter(Survival.NOTHING);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round + ", " + simulation, e);
            }
        }
    }

    @Test
    void shouldHealWhenThereIsSpaceAgain() throws Exception {
        for (long bytes = 5_000; bytes < BYTES_MAX; bytes += 1_500) {
            Simulation simulation = new Simulation(seed, JournalOptions.Policy.ALWAYS);
            simulation.start();
            simulation.disk().limit(bytes);
            try {
                simulation.run(TURNS);
                simulation.checkAfter(Survival.ANY);
                simulation.disk().limit(Long.MAX_VALUE);
                simulation.run(TURNS_AFTER);
                assertThat(simulation.state()).isEqualTo(JournalWriter.State.RUNNING);
                simulation.checkAfter(Survival.NOTHING);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ", limit " + bytes + ", " + simulation, e);
            }
        }
    }

    @Test
    void shouldStartOnAFullDiskAndHeal() throws Exception {
        Simulation simulation = new Simulation(seed, JournalOptions.Policy.ALWAYS);
        simulation.start();
        simulation.run(TURNS);
        simulation.continueOn(simulation.disk().afterKill());
        simulation.disk().limit(1);
        simulation.start();
        simulation.run(1);

        assertThat(simulation.state()).isEqualTo(JournalWriter.State.FAILED);

        simulation.disk().limit(Long.MAX_VALUE);
        simulation.run(TURNS_AFTER);

        assertThat(simulation.state()).isEqualTo(JournalWriter.State.RUNNING);
        simulation.checkAfter(Survival.NOTHING);
    }
}
