package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths in the file system, absolute or relative to the working directory. The type does not check that they exist. */
record PathType() implements ValueType<Path> {

    @Override
    public String name() {
        return "path";
    }

    @Override
    public String range() {
        return "not empty";
    }

    @Override
    public String expected() {
        return "a path as a string that is not empty";
    }

    @Override
    public boolean accepts(Path value) {
        return !value.toString().isEmpty();
    }

    @Override
    public Path fromJson(JsonNode node) throws UnusableValueException {
        if (!node.isTextual()) {
            throw new UnusableValueException();
        }
        return fromText(node.textValue());
    }

    @Override
    public Path fromText(String text) throws UnusableValueException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UnusableValueException();
        }
    }

    @Override
    public String toJson(Path value) {
        return TextNode.valueOf(value.toString()).toString();
    }
}
