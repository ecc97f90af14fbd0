package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Payloads of text. */
final class Texts {

    private Texts() {}

    /** Returns a chunk of these payloads, without a reservation. */
    static PayloadChunk chunk(String... texts) {
        PayloadChunk chunk = new PayloadChunk(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            chunk.endAt(bytes.size());
        }
        return chunk.of(bytes.toByteArray());
    }

    /** Returns a part of a snapshot with this payload, without a reservation. */
    static Chunk snapshot(String text) {
        return new Snapshot(chunk(text));
    }

    private record Snapshot(PayloadChunk chunk) implements Chunk {

        @Override
        public void writeTo(PayloadSink sink) throws IOException {
            chunk.writeTo(sink);
        }

        @Override
        public long bytes() {
            return chunk.bytes();
        }

        @Override
        public long reserved() {
            return 0;
        }

        @Override
        public boolean isSnapshot() {
            return true;
        }
    }

    /** Returns a sink that adds each payload to a list. */
    static PayloadSink into(List<String> texts) {
        return (bytes, from, to) -> texts.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /** Returns all payloads in a directory. */
    static List<String> in(JournalFiles files) throws Exception {
        List<String> texts = new ArrayList<>();
        new Recovery(files).run(into(texts), false);
        return texts;
    }

    /** Returns whether a segment has a header. */
    static boolean begins(JournalFiles files, String name) throws Exception {
        try (SegmentReader reader = new SegmentReader(files, SegmentName.numberIn(name))) {
            return reader.header() != null;
        }
    }
}
