/** Questions about a Coder v1. */
package dev.lockkeeper.check.coderv1;
