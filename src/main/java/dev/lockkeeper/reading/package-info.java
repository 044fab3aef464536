/** What a step of a runbook shows of a snapshot, line by line. */
package dev.lockkeeper.reading;
