/** Whose files, folders, sockets, links and programs count. */
package dev.lockkeeper.trust;
