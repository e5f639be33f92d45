"""A thin line between server and router: bytes towards the router pass at a limited rate."""

import socket
import threading
import time


class SlowLink:
    """Forwards a port of its own to `port`, slowly one way, until closed. Each forwarded piece is small, so that a cut of
    the line falls inside a sentence more often than between two."""

    def __init__(self, port, bytes_per_second, piece=64):
        self.target, self.bytes_per_second, self.piece = port, bytes_per_second, piece
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self._open = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            with self._lock:
                self._open |= {near, far}
            threading.Thread(target=self._forward, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._forward, args=(far, near, False), daemon=True).start()

    def _forward(self, source, sink, slowly):
        try:
            while data := source.recv(self.piece if slowly else 65_536):
                sink.sendall(data)
                if slowly and self.bytes_per_second:
                    time.sleep(len(data) / self.bytes_per_second)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        self.listener.close()
        with self._lock:
            for end in self._open:
                end.close()
