"""The sockets of the page: packets to StatsD and Carbon leave as messages, nothing else leaves.

    sendto(b"visits:1|c", ("127.0.0.1", 8125))     a StatsD packet
    sendall(b"ward.a 3 1700000000\\n") to port 2003  Carbon lines

A page cannot open a socket, and a course should not: the program reaches the two ports of the lab
beside it and no other address.
"""

import errno
import socket

HOSTS = ("127.0.0.1", "localhost")
PORTS = {8125: "statsd", 2003: "carbon"}
# A UDP packet over IPv4 carries 65 535 - 20 - 8 bytes.
UDP_BYTES_MAX = 65_507
PACKETS_MAX = 5_000
OWN_PORT = 49_152

ONLY_SENTENCE = (
    "in this page a program can send only to StatsD (127.0.0.1, port 8125) "
    "and Carbon (127.0.0.1, port 2003), not to {host}, port {port}"
)
READ_SENTENCE = "in this page a socket can only send: StatsD and Carbon do not answer"


class PageSockets:
    """Makes the socket class of one run. `post` takes to, protocol, bytes."""

    def __init__(self, post):
        self.post = post
        self.sent = 0

    def send(self, to, protocol, data):
        self.sent += 1
        if self.sent > PACKETS_MAX:
            raise OSError(errno.ENOBUFS, f"one run can send {PACKETS_MAX} packets, and this is one more")
        self.post(to, protocol, bytes(data))

    def install(self):
        """Puts the page's sockets into the module `socket`; the runner restores the module after the run."""
        owner = self

        class Socket(PageSocket):
            def __init__(self, family=socket.AF_INET, type=socket.SOCK_STREAM, proto=0, fileno=None):
                super().__init__(owner, family, type)

        Socket.__name__ = Socket.__qualname__ = "socket"
        Socket.__module__ = "socket"
        socket.socket = Socket
        socket.SocketType = Socket
        socket.create_connection = lambda address, *rest, **more: _connected(Socket, address)
        socket.getaddrinfo = _address_info
        socket.gethostbyname = lambda host: "127.0.0.1" if host in HOSTS else _refuse((host, 0))
        socket.gethostname = lambda: "page"


def _connected(kind, address):
    made = kind()
    made.connect(address)
    return made


def _address_info(host, port, family=0, type=0, proto=0, flags=0):
    if host not in HOSTS:
        _refuse((host, port))
    return [(socket.AF_INET, type or socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]


def _refuse(address):
    host, port = address
    raise OSError(errno.ENETUNREACH, ONLY_SENTENCE.format(host=host, port=port))


def _checked(address):
    """The name of the service at `address`, or OSError."""
    if not isinstance(address, tuple) or len(address) != 2:
        raise TypeError(f"an address is a pair (host, port), not {address!r}")
    host, port = address
    if not isinstance(port, int):
        raise TypeError("'" + type(port).__name__ + "' object cannot be interpreted as an integer")
    if host not in HOSTS or port not in PORTS:
        _refuse(address)
    return PORTS[port]


class PageSocket:
    """As much of a socket as sending needs."""

    def __init__(self, owner, family, kind):
        self._owner = owner
        self.family = family
        self.type = kind
        self.proto = 0
        self._peer = None
        self._closed = False
        self._timeout = None

    def connect(self, address):
        self._open()
        _checked(address)
        self._peer = address

    def connect_ex(self, address):
        try:
            self.connect(address)
        except OSError as error:
            return error.errno
        return 0

    def sendto(self, data, *rest):
        address = rest[-1] if rest else None
        self._open()
        if self.type != socket.SOCK_DGRAM:
            raise OSError(errno.EISCONN, "sendto is for datagrams: use connect and sendall with SOCK_STREAM")
        return self._send(data, address)

    def send(self, data, flags=0):
        self._open()
        if self._peer is None:
            word = "Destination address required" if self.type == socket.SOCK_DGRAM else "not connected"
            raise OSError(errno.ENOTCONN, f"{word}: call connect((host, port)) first")
        return self._send(data, self._peer)

    def sendall(self, data, flags=0):
        self.send(data)

    def _send(self, data, address):
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = memoryview(data).tobytes()
        to = _checked(address)
        if self.type == socket.SOCK_DGRAM and len(data) > UDP_BYTES_MAX:
            raise OSError(errno.EMSGSIZE, "Message too long")
        self._owner.send(to, "udp" if self.type == socket.SOCK_DGRAM else "tcp", data)
        return len(data)

    def recv(self, *sizes):
        raise OSError(errno.EOPNOTSUPP, READ_SENTENCE)

    recvfrom = recv_into = accept = recv

    def bind(self, address):
        raise OSError(errno.EOPNOTSUPP, "in this page a program cannot listen: it can only send")

    def listen(self, backlog=0):
        self.bind(None)

    def makefile(self, mode="r", *rest, **more):
        raise OSError(errno.EOPNOTSUPP, READ_SENTENCE)

    def settimeout(self, seconds):
        self._timeout = seconds

    def gettimeout(self):
        return self._timeout

    def setblocking(self, flag):
        self._timeout = None if flag else 0.0

    def setsockopt(self, *option):
        pass

    def getsockname(self):
        return ("127.0.0.1", OWN_PORT)

    def getpeername(self):
        if self._peer is None:
            raise OSError(errno.ENOTCONN, "not connected")
        return self._peer

    def fileno(self):
        return -1

    def shutdown(self, how):
        pass

    def close(self):
        self._closed = True

    def _open(self):
        if self._closed:
            raise OSError(errno.EBADF, "the socket is closed")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()
