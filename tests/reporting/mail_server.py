"""A mail server for tests: it counts what it was given, and can leave a caller waiting."""

import socketserver
import threading


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a port of its own; while `is_silent` it takes calls and says nothing."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.is_silent = False
        self.calls = 0
        self.recipients: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Call(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs that only sends."""

    server: MailServer

    def handle(self) -> None:
        self.server.calls += 1
        if self.server.is_silent:
            self.rfile.read()
            return
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line.upper().split(":")[0]
            if verb == "DATA":
                self._say("354 go on")
                while self.rfile.readline() != b".\r\n":
                    pass
            elif verb == "RCPT TO":
                self.server.recipients.append(line.partition("<")[2].partition(">")[0])
            self._say("221 bye" if verb == "QUIT" else "250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
