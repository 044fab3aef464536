/**
 * Runs helm, so that it outlives this program: the operator's own, or the library that is bundled.
 * The only door to Helm.
 */
package dev.lockkeeper.helm;
