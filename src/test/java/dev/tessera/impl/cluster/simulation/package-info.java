/**
 * Random schedules of what can go wrong between gateways and the owners of partitions, in simulated time and from a
 * seed: the real classes execute, commit and remember; network, clocks and the fate of nodes are simulated.
 */
package dev.tessera.impl.cluster.simulation;
