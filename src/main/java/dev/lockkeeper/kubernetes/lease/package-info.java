/** The Lease that the one operator holds who may act. */
package dev.lockkeeper.kubernetes.lease;
