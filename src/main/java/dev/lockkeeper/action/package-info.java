/**
 * What can be done: one record per act, which knows its risk and makes a {@link
 * dev.lockkeeper.action.Plan} from what is seen. A plan carries a {@link
 * dev.lockkeeper.action.Request}, the exact thing that will be asked of the cluster: it is what the
 * operator confirms, what is compared when the plan is made again, and what is written to the
 * journal before it is sent.
 */
package dev.lockkeeper.action;
