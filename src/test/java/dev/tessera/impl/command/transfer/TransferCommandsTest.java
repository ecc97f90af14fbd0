package dev.tessera.impl.command.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Session;
import dev.tessera.testing.Layer;
import dev.tessera.testing.OnePartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Exports and imports one partition, with commands of clients between the chunks. */
@Tag(Layer.UNIT)
class TransferCommandsTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final byte[] NAME = {'n'};
    private static final int ID = 77;
    private static final String LARGE = "\"" + "x".repeat(100_000) + "\"";

    private final Partition partition = new Partition();
    private long nowMs = NOW;

    @AfterEach
    void shouldKeepItsInvariants() {
        partition.checkInvariants();
    }

    @Test
    void shouldExportEachSessionAsItWasAtOneInstant() {
        Session large = session(1);
        for (int i = 0; i < 10; i++) {
            put(large, "k" + i, LARGE);
        }

        ExportChunk first = export(ExportQuery.scan(ID, 0));
        assertThat(first.open()).isTrue();
        assertThat(first.endsInside()).isTrue();
        assertThat(first.bytes().length).isLessThan(ExportCommand.CHUNK_BYTES + 110_000);
        partition.use(large, nowMs, keys -> keys.clear());
        put(large, "new", "1");
        partition.remove(large, 0);
        String text = text(first) + rest();

        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            keys.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":").append(LARGE);
        }
        assertThat(text)
                .isEqualTo(
                        "{\"sh\":{\"tkn\":1,\"shared\":false,\"name\":\"n\",\"expiry\":{\"duration\":0,\"deleteSession\":false}},"
                                + "\"keys\":{" + keys + "}}");
        assertThat(partition.pendingTransfers().size()).isZero();
    }

    /**
     * The partition grows, shrinks and loses sessions between the chunks; the export contains the others exactly once.
     */
    @Test
    void shouldExportSessionsThatStayExactlyOnce() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Partition changing = new Partition();
            List<Long> staying = new ArrayList<>();
            List<Session> passing = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                long token = random.nextLong();
                Session made = changing.create(token, NAME, false, Expiry.NEVER, NOW);
                if (random.nextBoolean()) {
                    staying.add(token);
                } else {
                    passing.add(made);
                }
            }
            List<Long> seen = new ArrayList<>();
            for (long cursor = 0; cursor < Partition.SCAN_END; ) {
                cursor = changing.scan(cursor, session -> seen.add(session.token()));
                for (int i = random.nextInt(40); i > 0 && random.nextInt(10) == 0; i--) {
                    if (random.nextBoolean() && !passing.isEmpty()) {
                        changing.remove(passing.remove(passing.size() - 1), 0);
                    } else {
                        passing.add(changing.create(random.nextLong(), NAME, false, Expiry.NEVER, NOW));
                    }
                }
            }
            assertThat(seen).as("seed %d", seed).containsAll(staying).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldSplitManySessionsIntoPieces() {
        for (int token = 0; token < 40; token++) {
            put(session(token), "k", "\"" + "y".repeat(20_000) + "\"");
        }
        int sessions = 0;
        int pieces = 0;
        StringBuilder text = new StringBuilder();
        for (long cursor = 0; !ExportChunk.isEnd(cursor); pieces++) {
            ExportChunk chunk = export(ExportQuery.scan(ID, cursor));
            cursor = chunk.next();
            sessions += chunk.sessions();
            assertThat(chunk.keys()).isEqualTo(chunk.sessions());
            text.append(text.length() == 0 ? "" : ",").append(text(chunk));
            while (chunk.open()) {
                boolean inside = chunk.endsInside();
                chunk = export(ExportQuery.goOn(ID));
                sessions += chunk.sessions();
                text.append(inside ? "" : ",").append(text(chunk));
            }
        }
        assertThat(sessions).isEqualTo(40);
        assertThat(pieces).isGreaterThan(2);
        assertThat(text.toString().split("\"tkn\":", -1)).hasSize(41);
    }

    @Test
    void shouldReportThatASnapshotWasLost() {
        Session large = session(1);
        for (int i = 0; i < 10; i++) {
            put(large, "k" + i, LARGE);
        }
        assertThat(export(ExportQuery.scan(ID, 0)).open()).isTrue();
        nowMs += 61_000;
        partition.sweep(nowMs, 1);

        assertThat(new String(execute(ExportCommand.INSTANCE, ExportQuery.goOn(ID)), UTF_8))
                .isEqualTo("""
                        {"EXPORT_RSP":{"st":200,"tkn":null,"m":"%s"}}""".formatted(ExportCommand.SNAPSHOT_LOST));
    }

    @Test
    void shouldHoldNoMoreSnapshotsThanAllowed() {
        Session large = session(1);
        for (int i = 0; i < 10; i++) {
            put(large, "k" + i, LARGE);
        }
        for (int id = 0; id < 16; id++) {
            assertThat(export(ExportQuery.scan(id, 0)).open()).isTrue();
        }

        assertThat(new String(execute(ExportCommand.INSTANCE, ExportQuery.scan(16, 0)), UTF_8))
                .contains("\"st\":202");
        nowMs += 61_000;
        assertThat(export(ExportQuery.scan(16, 0)).open()).isTrue();
    }

    @Test
    void shouldShowASessionOnlyAfterItsLastPiece() {
        ImportChunk chunk = new ImportChunk();
        chunk.begin(ID, 5, true, NAME, 60, true);
        key(chunk, "a", "1");
        chunk.end(false);
        assertThat(importChunk(chunk.take())).isEqualTo(new ImportReply(0, 0, ""));
        assertThat(partition.find(5, nowMs)).isNull();
        assertThat(partition.keyCount(nowMs)).isZero();

        nowMs += 30_000;
        chunk.goOn(ID, 1);
        key(chunk, "b", "2");
        key(chunk, "a", "3");
        chunk.end(true);
        chunk.begin(ID, 6, false, NAME, 0, false);
        chunk.end(true);
        assertThat(importChunk(chunk.take())).isEqualTo(new ImportReply(2, 2, ""));

        Session whole = partition.find(5, nowMs);
        assertThat(whole.shared()).isTrue();
        assertThat(whole.remainingSeconds(nowMs)).isEqualTo(60);
        assertThat(partition.keyCount(nowMs)).isEqualTo(2);
        assertThat(partition.pendingTransfers().size()).isZero();
        assertThat(partition.find(5, nowMs + 60_000)).isNull();
    }

    @Test
    void shouldLeaveASessionThatExistsAsItIs() {
        put(session(5), "a", "1");
        ImportChunk chunk = new ImportChunk();
        chunk.begin(ID, 5, false, NAME, 0, false);
        key(chunk, "a", "2");
        chunk.end(false);
        importChunk(chunk.take());
        chunk.goOn(ID, 1);
        key(chunk, "b", "2");
        chunk.end(true);

        assertThat(importChunk(chunk.take())).isEqualTo(new ImportReply(0, 0, ""));
        assertThat(partition.keyCount(nowMs)).isEqualTo(1);
    }

    @Test
    void shouldLeaveASessionThatWasMadeBetweenThePieces() {
        ImportChunk chunk = new ImportChunk();
        chunk.begin(ID, 5, false, NAME, 0, false);
        key(chunk, "a", "2");
        chunk.end(false);
        importChunk(chunk.take());
        session(5);
        chunk.goOn(ID, 1);
        chunk.end(true);

        assertThat(importChunk(chunk.take())).isEqualTo(new ImportReply(0, 0, ""));
        assertThat(partition.keyCount(nowMs)).isZero();
    }

    @Test
    void shouldForgetASessionOfWhichNoMoreComes() {
        ImportChunk chunk = new ImportChunk();
        chunk.begin(ID, 5, false, NAME, 0, false);
        chunk.end(false);
        importChunk(chunk.take());
        assertThat(importChunk(ImportChunk.abort(ID))).isEqualTo(new ImportReply(0, 0, ""));
        chunk.goOn(ID, 1);
        chunk.end(true);

        assertThat(importChunk(chunk.take())).isEqualTo(new ImportReply(0, 0, ImportReply.LOST));
        assertThat(partition.sessionCount(nowMs)).isZero();
    }

    @Test
    void shouldRefuseAPieceAfterAMissingOne() {
        ImportChunk chunk = new ImportChunk();
        chunk.begin(ID, 5, false, NAME, 0, false);
        key(chunk, "a", "1");
        chunk.end(false);
        importChunk(chunk.take());
        chunk.goOn(ID, 2);
        key(chunk, "c", "3");
        chunk.end(true);

        assertThat(importChunk(chunk.take()).lost()).isTrue();
        assertThat(partition.find(5, nowMs)).isNull();
    }

    @Test
    void shouldCountTheImportsBeforeARefusal() {
        ImportChunk chunk = new ImportChunk();
        chunk.begin(ID, 5, false, NAME, 0, false);
        key(chunk, "a", "2");
        chunk.end(true);
        chunk.goOn(ID, 1);
        chunk.end(true);

        assertThat(importChunk(chunk.take())).isEqualTo(new ImportReply(1, 1, ImportReply.LOST));
    }

    private Session session(long token) {
        return partition.create(token, NAME, false, Expiry.NEVER, nowMs);
    }

    private void put(Session session, String key, String value) {
        byte[] keyBytes = key.getBytes(UTF_8);
        byte[] valueBytes = value.getBytes(UTF_8);
        partition.use(session, nowMs, keys -> keys.put(keyBytes, 0, keyBytes.length, valueBytes, 0, valueBytes.length));
    }

    private static void key(ImportChunk chunk, String key, String value) {
        byte[] keyBytes = key.getBytes(UTF_8);
        byte[] valueBytes = value.getBytes(UTF_8);
        chunk.key(keyBytes, keyBytes.length, valueBytes, 0, valueBytes.length);
    }

    private String rest() {
        StringBuilder text = new StringBuilder();
        ExportChunk chunk;
        do {
            chunk = export(ExportQuery.goOn(ID));
            text.append(text(chunk));
        } while (chunk.open());
        return text.toString();
    }

    private static String text(ExportChunk chunk) {
        return new String(chunk.bytes(), ExportChunk.TEXT_FROM, chunk.bytes().length - ExportChunk.TEXT_FROM, UTF_8);
    }

    private ExportChunk export(byte[] query) {
        return ExportChunk.of(execute(ExportCommand.INSTANCE, query));
    }

    private ImportReply importChunk(byte[] chunk) {
        return ImportReply.of(execute(ImportCommand.INSTANCE, chunk));
    }

    private byte[] execute(InternalCommand command, byte[] argument) {
        JsonWriter out = new JsonWriter();
        Request request = Request.internal(command, 0, argument);
        command.execute(request, new OnePartition(partition, null), nowMs, new Answer(out));
        return out.take(0);
    }
}
