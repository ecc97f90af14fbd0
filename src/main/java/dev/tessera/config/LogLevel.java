package dev.tessera.config;

/** The levels of the log. Each one includes those before it. */
public enum LogLevel {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
