/**
 * What is true, and since when: immutable facts named as Kubernetes, PostgreSQL, Coder and the
 * operator name them.
 *
 * <p>Text from outside stays raw in these records, because a role name or a gid is an identity; it
 * becomes inert only when it is laid out for a screen. Nothing here reads a clock or a network.
 */
package dev.lockkeeper.snapshot;
