package dev.tessera.impl.jsonpath.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.jsonpath.budget.BudgetExceededException.Limit;
import dev.tessera.testing.Layer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class EvaluationBudgetTest {

    private final AtomicLong clock = new AtomicLong();

    @Test
    void shouldEndWhenTheTimeIsOver() {
        EvaluationBudget budget = EvaluationBudget.start(clock::get, 1_000_000, 10);
        clock.set(999_999);
        budget.spend(EvaluationBudget.STEPS_PER_CLOCK_READ + 1);
        clock.set(1_000_000);
        assertThatThrownBy(() -> budget.spend(EvaluationBudget.STEPS_PER_CLOCK_READ + 1))
                .isInstanceOfSatisfying(
                        BudgetExceededException.class,
                        e -> assertThat(e.limit()).isEqualTo(Limit.TIME))
                .hasMessage(BudgetExceededException.tookTooLong(1));
    }

    @Test
    void shouldContinueTheTimeOfEarlierAttempts() {
        EvaluationBudget first = EvaluationBudget.start(clock::get, 1_000_000, 10);
        clock.addAndGet(400_000);
        long spentNs = first.spentNs();
        clock.addAndGet(5_000_000);
        EvaluationBudget second = EvaluationBudget.startAfter(spentNs, clock::get, 1_000_000, 10, () -> false);

        clock.addAndGet(599_999);
        second.checkTime();
        assertThat(second.spentNs()).isEqualTo(999_999);
        clock.addAndGet(1);
        assertThatThrownBy(second::checkTime).hasMessage(BudgetExceededException.tookTooLong(1));
    }

    @Test
    void shouldReadTheClockOnlyNowAndThen() {
        AtomicLong reads = new AtomicLong();
        EvaluationBudget budget = EvaluationBudget.start(reads::getAndIncrement, 1_000_000, 10);
        for (int i = 0; i < 10 * EvaluationBudget.STEPS_PER_CLOCK_READ; i++) {
            budget.spend(1);
        }
        assertThat(reads.get()).isBetween(9L, 12L);
    }

    @Test
    void shouldEndWhenThereAreTooManyResults() {
        EvaluationBudget budget = EvaluationBudget.start(clock::get, 1_000_000, 2);
        budget.countResult();
        budget.countResult();
        assertThatThrownBy(budget::countResult)
                .isInstanceOfSatisfying(
                        BudgetExceededException.class,
                        e -> assertThat(e.limit()).isEqualTo(Limit.RESULTS))
                .hasMessage(BudgetExceededException.tooManyResults(2));
    }

    @Test
    void shouldKeepCountingOverManyValues() {
        EvaluationBudget budget = Budgets.unlimited();
        budget.countResult();
        budget.countResult();
        assertThat(budget.results()).isEqualTo(2);
    }
}
