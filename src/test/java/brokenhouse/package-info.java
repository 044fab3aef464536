/**
 * A house in which every rule of the architecture is broken once, on purpose, so that the test sees
 * each of them bite. Nothing of it is part of the program.
 */
package brokenhouse;
