/**
 * A second JSONPath engine, as plain as can be, that the real one is compared with.
 *
 * <p>Random documents are trees that can be written as JSON; random queries are trees that can be written as JSONPath
 * and evaluated directly, so that neither parser nor scanner of the real engine has a part in the expected result.
 */
package dev.tessera.impl.jsonpath.reference;
