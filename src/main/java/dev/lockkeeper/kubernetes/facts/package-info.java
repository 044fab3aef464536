/** From the objects of the API to facts. */
package dev.lockkeeper.kubernetes.facts;
