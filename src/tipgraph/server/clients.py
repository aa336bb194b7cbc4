"""Who asks: the address of a connection, or the one that a proxy names whom the operator has named.

Only `X-Forwarded-For` is read, and only from such a proxy. Proxies write it and pass `Forwarded` on as the client wrote
it: who believed both would believe the client.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from starlette.types import Scope

from tipgraph.errors import CallError

Networks = tuple[IPv4Network | IPv6Network, ...]
_CLIENT = "tipgraph.client"  # where in a scope the address is noted
_NOBODY = "unknown"
_SHARED = 64  # bits of an IPv6 address that its owner does not choose


def networks(names: Sequence[str]) -> Networks:
    """Return the addresses and networks of proxies; raise CallError for what is none, or is everybody.

    >>> networks(["127.0.0.1", "172.18.0.0/16"])
    (IPv4Network('127.0.0.1/32'), IPv4Network('172.18.0.0/16'))
    """
    return tuple(_network(name) for name in names)


def _network(name: str) -> IPv4Network | IPv6Network:
    try:
        found = ip_network(name.strip(), strict=False)
    except ValueError as error:
        raise CallError(f"--proxy {name} is no address; write it as 127.0.0.1 or 172.18.0.0/16") from error
    if not found.prefixlen:
        raise CallError(f"--proxy {name} is everybody, who could then say to be anybody; write the proxy's own address")
    return found


def note(scope: Scope, proxies: Networks) -> str:
    """Note in a scope whose request it is, and return the address.

    Behind a proxy it is the right-most address in `X-Forwarded-For` that is no proxy's; where that says nothing that
    can be read, it is the proxy's own.
    """
    peer = peer_of(scope.get("client"))
    if is_among(peer, proxies):
        lines = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
        peer = _forwarded(b",".join(lines).decode("latin-1"), proxies) or peer
    scope[_CLIENT] = peer
    return peer


def client_of(scope: Scope) -> str:
    """Return the address of who asks, as it was noted."""
    address: str = scope[_CLIENT]
    return address


def peer_of(client: Any) -> str:
    """Return the address at the other end of a connection, by what a server says of it: a pair with a port, or None."""
    if not client:
        return _NOBODY
    found = _address(client[0])
    return str(found) if found else client[0]


def is_among(address: str, proxies: Networks) -> bool:
    """Tell whether an address is that of a proxy."""
    found = _address(address) if proxies else None
    return found is not None and any(found in network for network in proxies)


def share(address: str) -> str:
    """Return what limits count by: an IPv4 address, or the network of an IPv6 address, in which one client has all.

    >>> share("192.0.2.7"), share("2001:db8::7")
    ('192.0.2.7', '2001:db8::/64')
    """
    found = _address(address)
    return str(ip_network((found, _SHARED), strict=False)) if isinstance(found, IPv6Address) else address


def _forwarded(told: str, proxies: Networks) -> str:
    """Return the right-most hop that is no proxy; empty where there is none, or a hop before it is no address."""
    for hop in reversed(told.split(",")):
        found = _address(_without_port(hop.strip()))
        if found is None:
            return ""
        if not any(found in network for network in proxies):
            return str(found)
    return ""


def _without_port(hop: str) -> str:
    """Return the address of a hop: some proxies write `192.0.2.7:4711` or `[2001:db8::7]:4711`."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address; one of IPv4 that comes to an IPv6 socket is itself."""
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found
