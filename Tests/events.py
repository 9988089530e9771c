"""A reader of the gateway's event stream, as a browser is one."""

import http.client
import json
import socket
import threading
import time


class Events:
    """One open stream; what it got so far is in `seen`, as pairs of name and data."""

    def __init__(self, port, host, token, last_id=None, query="", headers=None):
        self.seen = []
        self.last_id = last_id
        self.comments = 0
        self._arrived = threading.Condition()
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        given = {"Host": host, "Accept": "text/event-stream", **(headers or {})}
        if token:
            given["Authorization"] = f"Bearer {token}"
        if last_id is not None:
            given["Last-Event-ID"] = last_id
        self._connection.request("GET", "/api/v1/events" + query, headers=given)
        self._socket = self._connection.sock
        self.answer = self._connection.getresponse()
        self.status = self.answer.status
        self.ended = self.status != 200
        if self.status == 200:
            self._reader = threading.Thread(target=self._read, daemon=True)
            self._reader.start()

    def _read(self):
        name, data = "", ""
        try:
            for line in iter(self.answer.readline, b""):
                text = line.decode().rstrip("\n")
                if text.startswith("event: "):
                    name = text[7:]
                elif text.startswith("data: "):
                    data = text[6:]
                elif text.startswith("id: "):
                    with self._arrived:
                        self.last_id = text[4:]
                elif text.startswith(":"):
                    with self._arrived:
                        self.comments += 1
                elif not text and name:
                    with self._arrived:
                        self.seen.append((name, json.loads(data), time.monotonic()))
                        self._arrived.notify_all()
                    name, data = "", ""
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass
        with self._arrived:
            self.ended = True
            self._arrived.notify_all()

    def wait(self, meant, seconds=20):
        """The first event for which `meant(name, data)` holds."""
        found = None

        def there():
            nonlocal found
            found = next(((n, d, t) for n, d, t in self.seen if meant(n, d)), None)
            return found is not None or self.ended

        with self._arrived:
            self._arrived.wait_for(there, seconds)
            assert found, f"ended: {self.ended}, got {[one[:2] for one in self.seen]}"
        return found

    def change(self, record, action=None, seconds=20):
        """The data of the first change of a record."""
        return self.wait(
            lambda name, data: name == "change" and data["id"] == record
            and (action is None or data["action"] == action), seconds)[1]

    def wait_for_end(self, seconds=20):
        with self._arrived:
            assert self._arrived.wait_for(lambda: self.ended, seconds), "the stream goes on"

    def names(self):
        with self._arrived:
            return [name for name, _, _ in self.seen]

    def data(self, name):
        with self._arrived:
            return [data for found, data, _ in self.seen if found == name]

    def close(self):
        """Goes away as a browser does whose tab is closed."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._connection.close()
