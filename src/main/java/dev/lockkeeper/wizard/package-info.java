/**
 * All behaviour of the program as one function: a state and an event make the next state and the
 * effects to run. Nothing here reads a clock, draws, or touches the world; acts leave as effects,
 * and only after their intention came back written.
 */
package dev.lockkeeper.wizard;
