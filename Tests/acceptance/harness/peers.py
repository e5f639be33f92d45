"""Peers that are no healthy router: what answers when the address or the port is not what the operator thought."""

import http.server
import json
import socket
import threading


class Peer:
    """Listens on a free port and gives every connection to `behave(connection)`."""

    def __init__(self, behave):
        self.behave = behave
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.open = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            self.behave(connection)
        except OSError:
            pass

    def close(self):
        self.listener.close()
        for connection in self.open:
            connection.close()


def stalls(connection):
    """Accepts and then never says a word."""
    while connection.recv(4096):
        pass


def talks_nonsense(connection):
    """A control byte that no word can begin with, again and again."""
    connection.recv(4096)
    connection.sendall(b"\xf8\xff\xfe\xfd" * 64)
    connection.recv(4096)


def is_a_web_server(connection):
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    connection.close()


def is_a_tls_service(connection):
    """The answer of a TLS server to bytes that are no TLS: a fatal alert, then the end."""
    connection.recv(4096)
    connection.sendall(b"\x15\x03\x01\x00\x02\x02\x0a")
    connection.close()


def announces_an_endless_word(connection):
    """A length of four gigabytes and a trickle of bytes."""
    connection.recv(4096)
    connection.sendall(b"\xf0\xff\xff\xff\xff" + b"x" * 4096)
    connection.recv(4096)


def hangs_up(connection):
    connection.close()


class WebService:
    """A router's `www` service that answers every request with one status and one JSON body."""

    def __init__(self, status, body):
        self.requests = []
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.requests.append((self.path, self.headers["Authorization"], sent))
                answer = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
