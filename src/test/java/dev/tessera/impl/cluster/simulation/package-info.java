/**
 * Random schedules of faults between gateways and the owners of partitions, in simulated time and from a seed. The real
 * classes execute batches, commit them and cache replies; the network, the clocks and the nodes are simulated.
 */
package dev.tessera.impl.cluster.simulation;
