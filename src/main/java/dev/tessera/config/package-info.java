/**
 * The settings: each is written down once, in {@link dev.tessera.config.Settings}, and everything else is derived from
 * there (its place in the file, its environment variable, its checks, its error texts, its line in
 * docs/operators/configure.md). The command line loads a {@link dev.tessera.config.Configuration} and hands it to all
 * who ask for settings. This package knows nothing of Vert.x or of what the settings are used for.
 */
package dev.tessera.config;
