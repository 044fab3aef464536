/**
 * Where a host name leads: the only door to the JDK's DNS client and to this machine's resolver. It
 * asks on threads of its own, and never for anything but the addresses of that one name.
 */
package dev.lockkeeper.dns;
