/**
 * What was meant and what was done. A run is its journal: where it stands, what it owes and what it
 * remembers are folded from the entries and stored nowhere else.
 */
package dev.lockkeeper.journal;
