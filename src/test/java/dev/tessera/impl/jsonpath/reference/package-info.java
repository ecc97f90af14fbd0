/**
 * A second, simple JSONPath engine. Tests compare the real one with it.
 *
 * <p>Random documents are trees with a JSON form. Random queries are trees with a JSONPath form, and evaluate
 * themselves. So the expected result does not depend on the parser or the scanner of the real engine.
 */
package dev.tessera.impl.jsonpath.reference;
