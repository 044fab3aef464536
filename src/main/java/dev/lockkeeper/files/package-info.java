/** Our own files. Whatever is wrong in one is reported as {@code file:line: what is wrong}. */
package dev.lockkeeper.files;
