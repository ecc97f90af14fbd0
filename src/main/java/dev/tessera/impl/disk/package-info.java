/**
 * What files on disk have in common wherever they are written: who may read them, and that their names last. Knows
 * nothing else here.
 */
package dev.tessera.impl.disk;
