/** The entry of the program; {@code app} starts what was asked for. */
package dev.lockkeeper;
