/** A long random conversation over all transports at once, whose every answer is compared with a simple model. */
package dev.tessera.soak;
