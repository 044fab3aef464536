/** What should be done: sections and steps as data, read from YAML. */
package dev.lockkeeper.runbook;
