/**
 * The practice world, a program in a process of its own: {@link dev.lockkeeper.practice.World} is
 * that process, {@link dev.lockkeeper.worlds.WorldClient} is how another one starts, holds and
 * leaves it.
 */
package dev.lockkeeper.practice;
