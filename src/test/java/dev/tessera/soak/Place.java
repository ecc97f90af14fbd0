package dev.tessera.soak;

/** The paths of the soak. Each knows the places that it finds, without an engine. */
enum Place {
    ROOT("$"),
    NUMBER("$.n"),
    MAKE("$['make']"),
    TAGS("$.tags[*]"),
    FIRST_TAG("$.tags[0]"),
    LAST_TAG("$.tags[-1]"),
    BIG_TAGS("$.tags[?(@ > 5)]"),
    APPLES("$[?(@ == 'Apple')]"),
    NOTHING("$.nothing");

    private final String path;

    Place(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }
}
