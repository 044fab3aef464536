-- takes 0.5 s on a database of some size
DROP TABLE tailnet_client_subscriptions, tailnet_agents, tailnet_clients;
