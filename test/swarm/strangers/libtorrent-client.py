"""libtorrent-client.py TORRENT FOLDER HOST PORT: fetches, serves, says what happens, and ends with who started it."""

import os
import sys

import libtorrent

torrent_file, folder, host, port = sys.argv[1:]
parent = os.getppid()
kinds = libtorrent.alert.category_t
session = libtorrent.session(
    {
        "listen_interfaces": host + ":" + port,
        "outgoing_interfaces": host,
        "enable_dht": False,
        "enable_lsd": False,
        "enable_upnp": False,
        "enable_natpmp": False,
        "enable_incoming_utp": False,
        "enable_outgoing_utp": False,
        "allow_multiple_connections_per_ip": True,
        "alert_mask": kinds.status_notification
        | kinds.storage_notification
        | kinds.error_notification
        | kinds.peer_notification
        | kinds.tracker_notification,
    }
)
torrent = session.add_torrent({"ti": libtorrent.torrent_info(torrent_file), "save_path": folder})
flushing = False
while os.getppid() == parent:
    session.wait_for_alert(500)
    for alert in session.pop_alerts():
        print(alert, flush=True)
        # What it has is in its cache first.
        if isinstance(alert, libtorrent.cache_flushed_alert) and flushing:
            print("finished", flush=True)
    if not flushing and torrent.status().is_seeding:
        flushing = True
        torrent.flush_cache()
