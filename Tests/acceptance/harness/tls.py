"""TLS by others: certificates of the openssl program, its server, and a scripted router on Python's ssl module."""

import hashlib
import socket
import ssl
import subprocess
import threading


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


class Certificate:
    """A certificate on `name`, signed by `issuer` or by itself; `days` may be negative, for one that has expired."""

    def __init__(self, folder, name, days=2, issuer=None, authority=False):
        self.pem, self.key = folder / f"{name}.pem", folder / f"{name}.key"
        request, extensions = folder / f"{name}.csr", folder / f"{name}.ext"
        kind = "IP" if name[0].isdigit() else "DNS"
        extensions.write_text(
            "basicConstraints=critical,CA:TRUE\n" if authority else f"subjectAltName={kind}:{name}\n"
        )
        openssl(
            *("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}"),
            *("-keyout", self.key, "-out", request),
        )
        signer = ("-CA", issuer.pem, "-CAkey", issuer.key, "-CAcreateserial") if issuer else ("-signkey", self.key)
        openssl(
            *("x509", "-req", "-in", request, "-out", self.pem, "-days", days, "-extfile", extensions),
            *signer,
        )

    @property
    def pin(self):
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.pem.read_text())).hexdigest()


class TLSRouter:
    """A router as others would write it: TLS by Python, `/login` and `/system/identity/print` by hand.

    Without a certificate it speaks anonymous Diffie-Hellman and nothing else, with the group it puts into the file `parameters`.
    """

    def __init__(self, certificate=None, newest=None, parameters=None):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if certificate:
            self.context.load_cert_chain(certificate.pem, certificate.key)
        else:
            self.context.maximum_version = ssl.TLSVersion.TLSv1_2
            self.context.set_ciphers("ADH:@SECLEVEL=0")
            openssl("genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe2048", "-out", parameters)
            self.context.load_dh_params(parameters)
        if newest:
            self.context.maximum_version = newest
        self.logins = []
        self.versions = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            with self.context.wrap_socket(connection, server_side=True) as secured:
                self.versions.append((secured.version(), secured.cipher()[0]))
                stream = secured.makefile("rwb")
                while words := read_sentence(stream):
                    tag = [word for word in words if word.startswith(b".tag=")]
                    if words[0] == b"/login":
                        self.logins.append(words)
                    if words[0] == b"/system/identity/print":
                        write_sentence(stream, [b"!re", b"=name=Elsewhere", *tag])
                    write_sentence(stream, [b"!done", *tag])
        except OSError:
            pass

    def close(self):
        self.listener.close()


def read_sentence(stream):
    """The words up to an empty one; nothing at the end. Words here are shorter than 128 bytes."""
    words = []
    while length := stream.read(1):
        if length == b"\0":
            return words
        words.append(stream.read(length[0]))
    return []


def write_sentence(stream, words):
    for word in words:
        stream.write(bytes([len(word)]) + word)
    stream.write(b"\0")
    stream.flush()


class OpenSSLServer:
    """`openssl s_server` with these arguments; shakes hands and says nothing."""

    def __init__(self, port, *arguments):
        self.process = subprocess.Popen(
            ["openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-quiet", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.port = port

    def close(self):
        """Ends the server; what it was sent by whoever connected."""
        self.process.kill()
        return self.process.communicate()[0]
