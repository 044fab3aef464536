/** The cluster as it is being watched. */
package dev.lockkeeper.kubernetes.watch;
