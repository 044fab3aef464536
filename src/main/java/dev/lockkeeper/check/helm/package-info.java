/** Questions about Helm's release, its chart and its values. */
package dev.lockkeeper.check.helm;
