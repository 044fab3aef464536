/**
 * The practice worlds of this machine: how one is started, found, held and left. What plays there
 * is {@code practice}, a program of its own, which the wizard enters by kubeconfig and URL like any
 * other cluster and database.
 */
package dev.lockkeeper.worlds;
