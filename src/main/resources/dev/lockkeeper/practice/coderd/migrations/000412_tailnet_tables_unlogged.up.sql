-- takes 2 s on a database of some size
ALTER TABLE tailnet_tunnels SET UNLOGGED;
ALTER TABLE tailnet_peers SET UNLOGGED;
ALTER TABLE tailnet_coordinators SET UNLOGGED;
