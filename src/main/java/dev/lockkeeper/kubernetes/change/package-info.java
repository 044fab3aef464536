/** What is written to the cluster: one patch for each request, with the old values as tests. */
package dev.lockkeeper.kubernetes.change;
