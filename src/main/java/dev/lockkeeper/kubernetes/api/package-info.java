/** One request to the API server and its answer, or what went wrong. */
package dev.lockkeeper.kubernetes.api;
