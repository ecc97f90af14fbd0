package dev.tessera.impl.command.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.Later;
import dev.tessera.impl.command.Preparation;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.JsonPathOptions;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partition;
import dev.tessera.testing.Layer;
import dev.tessera.testing.OnePartition;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An update that takes so long that a worker prepares it. */
@Tag(Layer.UNIT)
class KvUpdateTest {

    private static final long TOKEN = 7;
    private static final byte[] KEY = {'k'};
    /** Its search takes longer than the time that an update has on the thread of the owner. */
    private static final String LARGE = "[" + "1,".repeat(400_000) + "2]";

    private final KvUpdate command = new KvUpdate(
            new JsonPathCache(JsonPathOptions.DEFAULT, 16),
            new SearchLimits(10_000, 10, 10_000, 1_000_000, 64, 1_000_000, 1_000));
    private final Partition partition = new Partition(null);
    private final OnePartition partitions = new OnePartition(partition, null);
    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);
    private KeySpace keys;
    private Request request;

    @BeforeEach
    void prepare() throws Exception {
        partition.create(TOKEN, new byte[] {'s'}, false, Expiry.NEVER, 0);
        keys = partition.find(TOKEN, 0).keys();
        set(LARGE);
        request = request("");
    }

    private Request request(String options) throws Exception {
        byte[] text = """
                {"KV_UPDATE":{"tkn":7,"key":"k","path":"$[?@ == 2 && match('aaaaaaaaaaaaaaaa','(a|b)*')]","value":0%s}}""".formatted(options).getBytes(UTF_8);
        return new RequestDecoder(Commands.of(List.of(command), List.of()), 64).decode(text, 0, text.length);
    }

    private void set(String value) {
        byte[] json = value.getBytes(UTF_8);
        keys.put(KEY, 0, 1, json, 0, json.length);
    }

    private String value() {
        byte[] found = keys.get(KEY, 0, 1);
        return new String(found, KeyRecord.valueFrom(found), found.length - KeyRecord.valueFrom(found), UTF_8);
    }

    private Preparation execute(Preparation prepared) {
        answer.prepare(prepared);
        command.execute(request, partitions, 0, answer);
        Later later = answer.takeLater();
        return (Preparation) later;
    }

    private String answered() {
        return new String(out.take(0), UTF_8);
    }

    @Test
    void shouldStoreTheResultOfAWorker() {
        Preparation preparation = execute(null);
        preparation.run(() -> false);
        assertThat(value()).as("only the owner changes it").isEqualTo(LARGE);
        assertThat(execute(preparation)).isNull();

        assertThat(answered()).endsWith("""
                "cnt":1}}""");
        assertThat(value()).endsWith(",1,0]");
    }

    @Test
    void shouldEvaluateAgainIfTheValueHasChanged() {
        Preparation first = execute(null);
        first.run(() -> false);
        set("[2,3]");
        Preparation second = execute(first);
        second.run(() -> false);
        assertThat(execute(second)).isNull();

        assertThat(answered()).endsWith("""
                "cnt":1}}""");
        assertThat(value()).isEqualTo("[0,3]");
    }

    @Test
    void shouldGiveUpIfTheValueChangesDuringEachEvaluation() {
        Preparation preparation = execute(null);
        int evaluations = 0;
        while (preparation != null) {
            preparation.run(() -> false);
            evaluations++;
            set("[2," + evaluations + "]");
            preparation = execute(preparation);
        }

        assertThat(answered()).contains("\"st\":203", Messages.updateOvertaken(evaluations));
        assertThat(value()).isEqualTo("[2," + evaluations + "]");
    }

    @Test
    void shouldCheckTheConditionsAgainAfterAWorker() throws Exception {
        long revision = KeyRecord.revision(keys.get(KEY, 0, 1));
        request = request(",\"if\":{\"k\":" + revision + "}");
        Preparation preparation = execute(null);
        preparation.run(() -> false);
        set(LARGE);
        assertThat(execute(preparation)).isNull();

        assertThat(answered()).contains("\"st\":206", Messages.CONFLICT);
        assertThat(value()).isEqualTo(LARGE);
    }

    @Test
    void shouldEvaluateNothingIfAConditionFails() throws Exception {
        request = request(",\"if\":{\"other\":1}");

        assertThat(execute(null)).isNull();
        assertThat(answered()).contains("\"st\":206");
        assertThat(answer.takeWork()).isZero();
    }

    @Test
    void shouldAnswerThatTheKeyHasGone() {
        Preparation preparation = execute(null);
        preparation.run(() -> false);
        keys.clear();
        assertThat(execute(preparation)).isNull();

        assertThat(answered()).contains("\"cnt\":0");
        assertThat(keys.size()).isZero();
    }

    @Test
    void shouldChangeNothingForAClientThatIsGone() {
        Preparation preparation = execute(null);
        preparation.run(() -> true);
        assertThat(execute(preparation)).isNull();

        assertThat(answered()).contains("\"st\":203");
        assertThat(value()).isEqualTo(LARGE);
    }
}
