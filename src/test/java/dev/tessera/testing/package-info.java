/**
 * What tests of several packages share: real server processes, real HTTP, and waiting for what happens on other threads
 * without sleeping.
 */
package dev.tessera.testing;
