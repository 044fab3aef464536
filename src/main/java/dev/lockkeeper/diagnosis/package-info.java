/** What it means: the rules, each in a file of its own, and the findings that they come to. */
package dev.lockkeeper.diagnosis;
