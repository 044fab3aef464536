/** A run that is open: its sources, its loop, its journal. Here the edges meet. */
package dev.lockkeeper.live;
