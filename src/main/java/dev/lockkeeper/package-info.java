/**
 * Where the parts are joined: the start of the program, one sitting of the wizard, and the loop
 * that it runs. Only here do the edges meet.
 */
package dev.lockkeeper;
