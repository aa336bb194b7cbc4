"""Start `tipgraph serve` of an installed wheel, ask it as a program does, and stop it by Ctrl-C. Needs Python alone.

python served.py TIPGRAPH GRAPH
"""

import signal
import subprocess
import sys
from urllib.request import urlopen

ASKED = {
    "/query/routes.csv?destination=JP": b"oas-cim-2005",
    "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D": b"true",
    "/id/reference/actors/usaid.ttl": b"prefLabel",
    "/void": b"void:Dataset",
}


def main(program: str, graph: str) -> None:
    command = [program, "serve", "-g", graph, "--port", "0", "--no-pages", "--deadline", "60"]  # a machine may be busy
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said = []
        for line in server.stderr:
            said.append(line)
            if "http://" in line:
                break
        else:
            sys.exit("".join(said))
        address = "http://" + said[-1].partition("http://")[2].split()[0].rstrip("/")
        try:
            for path, expected in ASKED.items():
                with urlopen(address + path, timeout=60) as answer:
                    assert expected in answer.read(), path
            server.send_signal(signal.SIGINT)
            server.stderr.read()
            print(f"asked {len(ASKED)} times, ended with {server.wait(60)}")
        finally:
            server.kill()  # it ends with this program, however that ends


if __name__ == "__main__":
    main(*sys.argv[1:])
