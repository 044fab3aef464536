/**
 * How the files that people write for this program are read: YAML that knows its lines. Whatever is
 * wrong is said as {@code file:line: what is wrong, did you mean ...}. It opens no file, and knows
 * neither runbooks nor scenarios, so that the wizard and the practice program read by the same
 * rules.
 */
package dev.lockkeeper.parsing;
