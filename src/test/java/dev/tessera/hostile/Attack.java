package dev.tessera.hostile;

/**
 * The steps of a hostile client.
 *
 * @param name a few words for the report
 * @param script attacks, and checks the answers to the attacker
 */
record Attack(String name, Script script) {

    /** A part of an attack that runs. The suite closes its connections afterwards. */
    interface Script {
        void run(Target target) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
