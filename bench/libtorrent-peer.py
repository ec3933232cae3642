"""One libtorrent peer for the bench, with its own defaults but for what a local network needs.

libtorrent exempts peers of private addresses from its upload slots: they all are served at once. With `--tuned` they are not, and it has the
number of slots that was best for 16 targets at 50 Mbit/s (2 3 4 5 6 8: last target at 12.7 11.4 9.8 11.0 11.7 12.7 s).

The last argument is JSON: torrentPath, folder (where the content is or is put), address (to listen at), seed. Says on stdout, a
JSON object a line: the port; when it began to fetch and when it had all pieces; and at the end what it uploaded. The line
on stdin names its peers and starts it; the end of stdin ends it.
"""

import json
import os
import sys
import threading
import time

import libtorrent as lt

SLOTS = 8
TUNED_SLOTS = 4
SETTINGS = {
    # Nothing but plain BitTorrent over TCP, with peers that are told.
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "enable_incoming_utp": False,
    "enable_outgoing_utp": False,
    "out_enc_policy": int(lt.enc_policy.pe_disabled),
    "in_enc_policy": int(lt.enc_policy.pe_disabled),
    "allow_multiple_connections_per_ip": True,
    "mixed_mode_algorithm": int(lt.bandwidth_mixed_algo_t.prefer_tcp),
    # Every peer is dialled at once, not some each second.
    "connection_speed": 1000,
    "smooth_connects": False,
    "torrent_connect_boost": 255,
    "listen_queue_size": 256,
    "min_reconnect_time": 1,
    "connections_limit": 2000,
    "alert_mask": int(lt.alert.category_t.status_notification) | int(lt.alert.category_t.error_notification),
}


def say(**message):
    print(json.dumps(message), flush=True)


def now_ms():
    return time.time() * 1000


def end_with_stdin(handle):
    sys.stdin.read()
    say(uploadedBytes=handle.status().total_payload_upload)
    os._exit(0)


def main():
    config = json.loads(sys.argv[-1])
    tuned = "--tuned" in sys.argv
    session = lt.session({
        **SETTINGS,
        "listen_interfaces": config["address"] + ":0",
        "unchoke_slots_limit": TUNED_SLOTS if tuned else SLOTS,
    })
    if tuned:
        session.set_peer_class_filter(lt.ip_filter())
    wanted = lt.add_torrent_params()
    wanted.ti = lt.torrent_info(config["torrentPath"])
    wanted.save_path = config["folder"]
    # Neither paused nor queued. The seeder's content is not hashed again.
    wanted.flags = lt.torrent_flags.seed_mode if config["seed"] else 0
    handle = session.add_torrent(wanted)
    while handle.status().state in (
        lt.torrent_status.states.checking_files,
        lt.torrent_status.states.checking_resume_data,
    ):
        time.sleep(0.01)
    say(port=session.listen_port())

    line = sys.stdin.readline()
    if line == "":
        return
    threading.Thread(target=end_with_stdin, args=(handle,), daemon=True).start()
    say(startedMs=now_ms())
    for address, port in json.loads(line)["peers"]:
        handle.connect_peer((address, port))
    while not handle.status().is_seeding:
        session.wait_for_alert(50)
        for alert in session.pop_alerts():
            if isinstance(alert, lt.torrent_error_alert):
                sys.exit(alert.message())
    say(endedMs=now_ms())
    threading.Event().wait()


main()
