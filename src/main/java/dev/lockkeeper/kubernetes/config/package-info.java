/** From a kubeconfig to a client: contexts, credentials and their plugins, proxies. */
package dev.lockkeeper.kubernetes.config;
