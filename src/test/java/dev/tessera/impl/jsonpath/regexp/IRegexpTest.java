package dev.tessera.impl.jsonpath.regexp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.Budgets;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.testing.Layer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class IRegexpTest {

    private static boolean matches(String expression, String text) {
        try {
            return IRegexp.compile(expression).matches(text, Budgets.unlimited());
        } catch (IRegexpException e) {
            throw new AssertionError(expression, e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a|b",
                "|",
                "()",
                "(a|)*",
                "a{2}",
                "a{2,}",
                "a{2,3}",
                "a{0}",
                "a{0,0}",
                ".*",
                "[a-z]",
                "[^a-z]",
                "[-a]",
                "[a-]",
                "[-]",
                "[--]",
                "[\\]\\[\\-]",
                "[.*+?(){}|$]",
                "[a^]",
                "[^^]",
                "\\p{L}",
                "\\P{Lu}",
                "[\\p{Nd}_]",
                "[^\\P{L}]",
                "\\(\\)\\*\\+\\-\\.\\?\\[\\\\\\]\\^\\n\\r\\t\\{\\|\\}",
                "\"'/,:;<=>@_`~!#%&",
                "\\p{Cn}",
                "[\\p{C}\\p{Cn}]",
                "^a$",
                "☺+",
                "𝄞{2}",
                "a{1000}",
                "a{5000}",
                "(a{100}){50}",
                "(a{30}|b){0,40}",
                "(^){3}"
            })
    void shouldCompileIRegexp(String expression) throws IRegexpException {
        assertThat(IRegexp.compile(expression)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "+a",
                "?",
                "a**",
                "a+?",
                "a{",
                "a{}",
                "a{,3}",
                "a{x}",
                "a{2,1}",
                "a{2",
                "a}",
                "]",
                "[",
                "[]",
                "[^]",
                "[a",
                "[z-a]",
                "[a-b-c]",
                "[[]",
                "[a--]x]",
                "(",
                ")",
                "(a",
                "(?:a)",
                "(?i)a",
                "\\",
                "\\d",
                "\\w",
                "\\b",
                "\\x41",
                "\\1",
                "\\p",
                "\\pL",
                "\\p{}",
                "\\p{Xx}",
                "\\p{IsBasicLatin}",
                "\\p{Greek}",
                "[a-\\p{L}]",
                "a{2}{3}",
                "[:alpha:]]",
                "\\Q",
                "\\$"
            })
    void shouldRefuseWhatIsNotIRegexp(String expression) {
        IRegexpException refused = catchThrowableOfType(IRegexpException.class, () -> IRegexp.compile(expression));
        assertThat(refused).as(expression).isNotNull();
        assertThat(refused.tooLarge()).isFalse();
    }

    @Test
    void shouldMatchTheWholeTextOrFindAPart() throws IRegexpException {
        IRegexp regexp = IRegexp.compile("b|bc");
        assertThat(regexp.matches("bc", Budgets.unlimited())).isTrue();
        assertThat(regexp.matches("abc", Budgets.unlimited())).isFalse();
        assertThat(regexp.find("abc", Budgets.unlimited())).isTrue();
    }

    @Test
    void shouldTakeADotForAnyCharacterButLineEnds() {
        assertThat(matches(".", "a")).isTrue();
        assertThat(matches(".", "𝄞")).isTrue();
        assertThat(matches(".", "\u2028")).isTrue();
        assertThat(matches(".", "\u0085")).isTrue();
        assertThat(matches(".", "\n")).isFalse();
        assertThat(matches(".", "\r")).isFalse();
        assertThat(matches("[^a]", "\n")).isTrue();
    }

    @Test
    void shouldTakeAnchorsOutsideClassesAsAnchors() {
        assertThat(matches("^ab$", "ab")).isTrue();
        assertThat(matches("a^b", "a^b")).isFalse();
        assertThat(matches("a[$]", "a$")).isTrue();
        assertThat(matches("a\\^", "a^")).isTrue();
    }

    @Test
    void shouldKnowUnassignedCharacters() {
        assertThat(matches("\\p{Cn}", "\u0378")).isTrue();
        assertThat(matches("\\P{Cn}", "a")).isTrue();
        assertThat(matches("\\p{C}", "\u0378")).isTrue();
        assertThat(matches("\\p{C}", "\u0001")).isTrue();
        assertThat(matches("[^\\p{C}x]", "y")).isTrue();
        assertThat(matches("[\\p{Lu}\\p{Cn}]", "Ж")).isTrue();
    }

    @Test
    void shouldCountRepetitionsBeyondThoseOfRe2() {
        assertThat(matches("a{2500}", "a".repeat(2500))).isTrue();
        assertThat(matches("a{2500}", "a".repeat(2499))).isFalse();
        assertThat(matches("a{1500,2500}", "a".repeat(2000))).isTrue();
        assertThat(matches("a{1500,2500}", "a".repeat(1499))).isFalse();
        assertThat(matches("a{1500,2500}", "a".repeat(2501))).isFalse();
        assertThat(matches("a{1500,}", "a".repeat(4000))).isTrue();
        assertThat(matches("(a{60}){30}", "a".repeat(1800))).isTrue();
        assertThat(matches("(a{60}){30}", "a".repeat(1799))).isFalse();
        assertThat(matches("a{0}", "")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{10001}",
                "a{99999999999999999999}",
                "((a{100}){100}){100}",
                "(((((a{9}){9}){9}){9}){9}){9}",
                "(a{0,200}){200}",
                "(\\p{Cn}){100}"
            })
    void shouldRefuseExpressionsThatGrowTooLarge(String expression) {
        IRegexpException refused = catchThrowableOfType(IRegexpException.class, () -> IRegexp.compile(expression));
        assertThat(refused).isNotNull();
        assertThat(refused.tooLarge()).isTrue();
    }

    @Test
    void shouldRefuseDeepAndLongExpressions() {
        assertThatThrownBy(() -> IRegexp.compile("(".repeat(2000) + ")".repeat(2000)))
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> IRegexp.compile("a".repeat(IRegexp.LENGTH_MAX + 1)))
                .hasMessageContaining("longer than");
    }

    @Test
    void shouldNotRunAway() {
        assertThat(matches("(a|a)*b", "a".repeat(20_000))).isFalse();
        assertThat(matches("(a*)*b", "a".repeat(20_000))).isFalse();
    }

    @Test
    void shouldStopWhenTheTimeIsOver() throws IRegexpException {
        AtomicLong clock = new AtomicLong();
        EvaluationBudget budget = EvaluationBudget.start(clock::getAndIncrement, 3, Long.MAX_VALUE);
        IRegexp regexp = IRegexp.compile("(a|b)*c");
        assertThatThrownBy(() -> regexp.matches("ab".repeat(100_000), budget))
                .isInstanceOf(BudgetExceededException.class);
    }

    @Test
    void shouldKeepABoundedNumberOfExpressions() {
        IRegexpCache cache = new IRegexpCache();
        for (int i = 0; i < 3 * IRegexpCache.ENTRIES_MAX; i++) {
            assertThat(cache.get("a{" + i + "}")).isPresent();
        }
        assertThat(cache.get("a{1}")).containsSame(cache.get("a{1}").orElseThrow());
        assertThat(cache.get("a{")).isEmpty();
    }
}
