"""The address of a client: that of the connection, or the one that a trusted proxy names.

Only `X-Forwarded-For` is read, and only from a proxy that the operator named. Proxies set it, but pass on `Forwarded`
as the client wrote it: to trust both is to trust the client.
"""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from starlette.types import Scope

from tipgraph.errors import CallError

Networks = tuple[IPv4Network | IPv6Network, ...]
_CLIENT = "tipgraph.client"  # the key of the address in a scope
_NOBODY = "unknown"
_SHARED = 64  # bits of the network of an IPv6 client


def networks(names: Sequence[str]) -> Networks:
    """Return the networks of proxies; raise CallError for a name that is no address, or is the whole internet.

    >>> networks(["127.0.0.1", "172.18.0.0/16"])
    (IPv4Network('127.0.0.1/32'), IPv4Network('172.18.0.0/16'))
    """
    return tuple(_network(name) for name in names)


def _network(name: str) -> IPv4Network | IPv6Network:
    try:
        network = ip_network(name.strip(), strict=False)
    except ValueError as error:
        raise CallError(f"--proxy {name} is not an address; write it as 127.0.0.1 or 172.18.0.0/16") from error
    if not network.prefixlen:
        message = f"--proxy {name} is every address, so that any client could fake its own; write the proxy's address"
        raise CallError(message)
    return network


def note(scope: Scope, proxies: Networks) -> str:
    """Store the address of the client in a scope, and return it.

    Behind a proxy it is the right-most address in `X-Forwarded-For` that is not a proxy, or the proxy's own if there is
    none.
    """
    peer = peer_of(scope.get("client"))
    if is_among(peer, proxies):
        lines = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
        peer = _forwarded(b",".join(lines).decode("latin-1"), proxies) or peer
    scope[_CLIENT] = peer
    return peer


def client_of(scope: Scope) -> str:
    """Return the address of the client as stored by `note`."""
    address: str = scope[_CLIENT]
    return address


def peer_of(client: Any) -> str:
    """Return the address of the peer of a connection, given as a pair with a port or None."""
    if not client:
        return _NOBODY
    address = _address(client[0])
    return str(address) if address else client[0]


def is_among(peer: str, proxies: Networks) -> bool:
    """Tell whether an address is a proxy."""
    known = _address(peer) if proxies else None
    return known is not None and any(known in network for network in proxies)


@lru_cache(maxsize=1024)
def share(address: str) -> str:
    """Return the key for limits of a client: its IPv4 address, or its IPv6 network, where it has all addresses.

    >>> share("192.0.2.7"), share("2001:db8::7")
    ('192.0.2.7', '2001:db8::/64')
    """
    ip = _address(address)
    return str(ip_network((ip, _SHARED), strict=False)) if isinstance(ip, IPv6Address) else address


def _forwarded(hops: str, proxies: Networks) -> str:
    """Return the right-most hop that is not a proxy; empty if there is none, or a later hop is not an address."""
    for hop in reversed(hops.split(",")):
        ip = _address(_without_port(hop.strip()))
        if ip is None:
            return ""
        if not any(ip in network for network in proxies):
            return str(ip)
    return ""


def _without_port(hop: str) -> str:
    """Return a hop without its port: some proxies write `192.0.2.7:4711` or `[2001:db8::7]:4711`."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop


@lru_cache(maxsize=1024)
def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Parse an address; an IPv4 address mapped to IPv6 becomes IPv4."""
    try:
        ip = ip_address(text)
    except ValueError:
        return None
    return (isinstance(ip, IPv6Address) and ip.ipv4_mapped) or ip
