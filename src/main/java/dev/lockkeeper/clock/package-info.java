/** The time by which everything is measured here. */
package dev.lockkeeper.clock;
