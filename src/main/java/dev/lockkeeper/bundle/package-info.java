/**
 * What is kept of what was seen: texts with a name each, masked and inert, made of a snapshot and
 * of what was read for it. Others write them.
 */
package dev.lockkeeper.bundle;
