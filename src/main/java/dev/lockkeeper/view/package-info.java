/**
 * What the operator sees: pure functions from facts and state to a {@link
 * dev.lockkeeper.view.Frame}.
 *
 * <p>Text from outside becomes {@link dev.lockkeeper.view.Shown} before it is laid out, and a frame
 * accepts nothing else. Styles say what a thing means; which colour that is, a theme decides.
 */
package dev.lockkeeper.view;
