/** Questions about the schema and about a migration. */
package dev.lockkeeper.check.migration;
