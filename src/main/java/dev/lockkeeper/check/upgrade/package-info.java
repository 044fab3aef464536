/** Questions about the way from one version to another, and about the window for it. */
package dev.lockkeeper.check.upgrade;
