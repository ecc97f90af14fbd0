/**
 * Properties of files on disk: access for this user only, and names that survive a power loss. The journal and saves
 * call it. Knows no other package of the project.
 */
@NullMarked
package dev.tessera.impl.disk;

import org.jspecify.annotations.NullMarked;
