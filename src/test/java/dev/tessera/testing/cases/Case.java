package dev.tessera.testing.cases;

import java.util.List;

/**
 * A conversation that stands alone.
 *
 * @param name what it shows
 * @param steps in their order
 */
public record Case(String name, List<Step> steps) {}
