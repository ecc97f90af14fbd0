package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Payloads that are texts. */
final class Texts {

    private Texts() {}

    /** A chunk of these payloads, for which nothing was admitted. */
    static PayloadChunk chunk(String... texts) {
        PayloadChunk chunk = new PayloadChunk(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            chunk.endAt(bytes.size());
        }
        return chunk.of(bytes.toByteArray());
    }

    /** A chunk of an image of this payload, for which nothing was admitted. */
    static Chunk image(String text) {
        return new Image(chunk(text));
    }

    private record Image(PayloadChunk chunk) implements Chunk {

        @Override
        public void writeTo(PayloadSink sink) throws IOException {
            chunk.writeTo(sink);
        }

        @Override
        public long bytes() {
            return chunk.bytes();
        }

        @Override
        public long admitted() {
            return 0;
        }

        @Override
        public boolean isImage() {
            return true;
        }
    }

    /** A sink that collects texts. */
    static PayloadSink into(List<String> texts) {
        return (bytes, from, to) -> texts.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /** What a directory holds. */
    static List<String> in(JournalFiles files) throws Exception {
        List<String> texts = new ArrayList<>();
        new Recovery(files).run(into(texts), false);
        return texts;
    }

    /** Whether a file is a segment that was begun. */
    static boolean begins(JournalFiles files, String name) throws Exception {
        try (SegmentReader reader = new SegmentReader(files, SegmentName.numberIn(name))) {
            return reader.header() != null;
        }
    }
}
