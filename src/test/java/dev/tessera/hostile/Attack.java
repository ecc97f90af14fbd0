package dev.tessera.hostile;

/**
 * What a hostile client does.
 *
 * @param name a few words for the report
 * @param script attacks, and checks the answers that the attacker must get
 */
record Attack(String name, Script script) {

    /** The steps of an attack. The suite closes its connections afterwards. */
    interface Script {
        void run(Target target) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
