package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;

/** Selects the element of an array at an index; a negative one counts from the end. */
public record IndexSelector(long index) implements Selector, SingularStep {

    @Override
    public int select(Evaluation run, int start, Step next) {
        if (run.text.json()[start] != '[') {
            return Step.END_UNKNOWN;
        }
        long normal = normal(run.text, start);
        int value = normal < 0 ? JsonNavigator.ABSENT : run.text.findElement(start, normal);
        if (value == JsonNavigator.ABSENT) {
            return Step.END_UNKNOWN;
        }
        run.path.push(~(int) normal);
        int answer = next.take(run, value);
        run.path.pop();
        return answer == Step.STOP ? Step.STOP : Step.END_UNKNOWN;
    }

    @Override
    public int locate(JsonNavigator text, int start) {
        if (text.json()[start] != '[') {
            return JsonNavigator.ABSENT;
        }
        long normal = normal(text, start);
        return normal < 0 ? JsonNavigator.ABSENT : text.findElement(start, normal);
    }

    @Override
    public String text() {
        return Long.toString(index);
    }

    private long normal(JsonNavigator text, int array) {
        return index >= 0 ? index : index + text.count(array);
    }
}
