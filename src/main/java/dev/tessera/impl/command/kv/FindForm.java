package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.jsonpath.JsonPath;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.session.KeyRecord;

/** The form of the results of {@code KV_FIND}. */
enum FindForm {

    /** The names of the keys whose values match. */
    KEYS {
        @Override
        void open(Answer answer) {
            answer.openArray(Answer.KEYS);
        }

        @Override
        boolean search(byte[] one, JsonPath path, EvaluationBudget budget, Answer answer) {
            boolean matches = matches(one, path, budget);
            if (matches) {
                answer.element().quoted(one, KeyRecord.keyFrom(one), KeyRecord.keyTo(one));
            }
            return matches;
        }
    },

    /** The normalized paths of all matches. */
    PATHS {
        @Override
        void open(Answer answer) {
            answer.openArray(PATHS_FIELD);
        }

        @Override
        boolean search(byte[] one, JsonPath path, EvaluationBudget budget, Answer answer) {
            path.forEach(
                    one,
                    KeyRecord.valueFrom(one),
                    one.length,
                    budget,
                    node -> answer.element().string(node.path()));
            return false;
        }

        @Override
        boolean namesKeys() {
            return false;
        }
    },

    /** The keys whose values match, with their values. */
    KV {
        @Override
        void open(Answer answer) {
            answer.openObject(Answer.KEYS);
        }

        @Override
        boolean search(byte[] one, JsonPath path, EvaluationBudget budget, Answer answer) {
            boolean matches = matches(one, path, budget);
            if (matches) {
                answer.key(one, KeyRecord.keyFrom(one), KeyRecord.keyTo(one))
                        .raw(one, KeyRecord.valueFrom(one), one.length);
            }
            return matches;
        }

        @Override
        void close(Answer answer) {
            answer.closeObject();
        }
    };

    private static final Answer.Field PATHS_FIELD = Answer.field("paths");

    /** Opens the member for the results. */
    abstract void open(Answer answer);

    /** Writes the results in one record. Returns whether they name its key. */
    abstract boolean search(byte[] one, JsonPath path, EvaluationBudget budget, Answer answer);

    /** Returns whether the results name keys. */
    boolean namesKeys() {
        return true;
    }

    /** Closes the member. */
    void close(Answer answer) {
        answer.closeArray();
    }

    private static boolean matches(byte[] one, JsonPath path, EvaluationBudget budget) {
        return path.matches(one, KeyRecord.valueFrom(one), one.length, budget);
    }
}
