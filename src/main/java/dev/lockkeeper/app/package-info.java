/** What was asked for on the command line is started or answered here. */
package dev.lockkeeper.app;
