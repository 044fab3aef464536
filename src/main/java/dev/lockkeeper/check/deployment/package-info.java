/** Questions about the Deployment, its pods, its probes, and who scales it. */
package dev.lockkeeper.check.deployment;
