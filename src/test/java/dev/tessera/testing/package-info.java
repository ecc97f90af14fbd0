/**
 * Helpers of tests in several packages: real servers and clients, clocks, log lines, tools, and waiting without
 * sleeping.
 */
package dev.tessera.testing;
