/** Tests of the documentation as a whole. The tests of the code that a page describes run its examples. */
package dev.tessera.docs;
