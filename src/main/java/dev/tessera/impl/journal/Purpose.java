package dev.tessera.impl.journal;

/** What a record is for. When space runs short, what frees some is still taken. */
public enum Purpose {
    /** A change that may need space. */
    CHANGE,
    /** A part of an image, which lets older segments be deleted. */
    IMAGE,
    /** A change that removes keys or sessions, so that space becomes free with the next image. */
    RELIEF
}
