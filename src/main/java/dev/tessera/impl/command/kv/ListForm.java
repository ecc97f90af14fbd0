package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.session.KeyRecord;

/** The form of the results of {@code KV_LIST}. */
enum ListForm {

    /** The names of the keys. */
    KEYS {
        @Override
        void open(Answer answer) {
            answer.openArray(Answer.KEYS);
        }

        @Override
        void write(byte[] keyRecord, Answer answer) {
            answer.element().quoted(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord));
        }

        @Override
        void close(Answer answer) {
            answer.closeArray();
        }
    },

    /** The keys with their values. */
    KV {
        @Override
        void open(Answer answer) {
            answer.openObject(Answer.KEYS);
        }

        @Override
        void write(byte[] keyRecord, Answer answer) {
            answer.key(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord))
                    .raw(keyRecord, KeyRecord.valueFrom(keyRecord), keyRecord.length);
        }

        @Override
        void close(Answer answer) {
            answer.closeObject();
        }

        @Override
        int bytes(byte[] keyRecord) {
            return keyRecord.length + PUNCTUATION_BYTES;
        }
    };

    /** The quotes of a key, a comma and a colon. */
    private static final int PUNCTUATION_BYTES = 4;

    /** Opens the member for the results. */
    abstract void open(Answer answer);

    /** Writes one result. */
    abstract void write(byte[] keyRecord, Answer answer);

    /** Closes the member. */
    abstract void close(Answer answer);

    /** Returns the most bytes of one result: by default, those of the key. */
    int bytes(byte[] keyRecord) {
        return KeyRecord.keyTo(keyRecord) - KeyRecord.keyFrom(keyRecord) + PUNCTUATION_BYTES;
    }
}
