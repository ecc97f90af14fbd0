package dev.tessera.testing.cases;

import java.util.List;

/**
 * A conversation that depends on no other.
 *
 * @param name the behaviour that it shows
 * @param steps its steps in order
 */
public record Case(String name, List<Step> steps) {}
