/**
 * The settings. {@link dev.tessera.config.Settings} declares each one once. Its place in the file, its environment
 * variable, its checks, its error texts and its line in docs/operators/configure.md follow from there. A program builds
 * a {@link dev.tessera.config.Configuration}, as the command line does with
 * {@link dev.tessera.config.ConfigurationLoader}, and starts a server with it. Public API. The package knows neither
 * Vert.x nor the use of any setting.
 */
@NullMarked
package dev.tessera.config;

import org.jspecify.annotations.NullMarked;
