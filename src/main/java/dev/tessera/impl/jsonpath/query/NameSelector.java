package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;
import dev.tessera.impl.jsonpath.text.Name;
import dev.tessera.impl.jsonpath.text.Utf8Appender;
import java.nio.charset.StandardCharsets;

/** Selects the member of an object that has a name; of repeated names the last one. */
public record NameSelector(Name name) implements Selector, SingularStep {

    @Override
    public int select(Evaluation run, int start, Step next) {
        JsonNavigator text = run.text;
        if (!text.isObject(start)) {
            return Step.END_UNKNOWN;
        }
        int value = text.findMember(start, name);
        int end = text.foundEnd();
        if (value != JsonNavigator.ABSENT) {
            run.path.push(text.foundName());
            int answer = next.take(run, value);
            run.path.pop();
            if (answer == Step.STOP) {
                return Step.STOP;
            }
        }
        return end;
    }

    @Override
    public int locate(JsonNavigator text, int start) {
        return text.isObject(start) ? text.findMember(start, name) : JsonNavigator.ABSENT;
    }

    @Override
    public String text() {
        Utf8Appender out = new Utf8Appender();
        out.ascii('\'');
        NormalizedName.append(name.toString().getBytes(StandardCharsets.UTF_8), out);
        out.ascii('\'');
        return out.toString();
    }
}
