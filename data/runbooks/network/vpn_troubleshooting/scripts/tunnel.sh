#!/bin/bash
# Why might a VPN that is up be slow, drop, or not lead everywhere? Only reads; asks nobody but the router for an echo.
# Reads: the VPN's network interface, the name servers, the strength of the Wi-Fi signal and lost packets on the way to the router

set -u

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }

facts=
fact() { facts="$facts${facts:+, }\"$1\": $2"; }

check_tunnel() {
  local path name found=
  for path in /sys/class/net/*; do
    name=${path##*/}
    case $name in
      tun* | tap* | ppp* | wg* | utun* | cscotun* | gpd* | vpn* | nordlynx*) found=$name ;;
    esac
  done
  if [ -n "$found" ]; then
    finding tunnel fine "The VPN is up ($found)."
    fact tunnel "\"$found\""
    [ -r "/sys/class/net/$found/mtu" ] && fact tunnel_mtu "$(cat "/sys/class/net/$found/mtu")"
  else finding no-tunnel notice "No VPN is connected right now."; fi
}

check_names() {
  local keyword value servers=0
  if [ -r /etc/resolv.conf ]; then
    while read -r keyword value _; do
      [ "$keyword" = nameserver ] && [ -n "$value" ] && servers=$((servers + 1))
    done </etc/resolv.conf
  fi
  fact name_servers "$servers"
  if [ "$servers" -eq 0 ]; then finding dns-failing problem "No name server is set, so names of servers cannot be looked up."
  else finding dns fine "Name servers are set ($servers)."; fi
}

check_signal() {
  local name level
  [ -r /proc/net/wireless ] || return 0
  # Interface, status, link quality, signal level in dBm with a trailing dot; two lines of headings.
  while read -r name _ _ level _; do
    [[ $name == *: ]] || continue
    level=${level%.}
    [[ $level =~ ^-[0-9]+$ ]] || continue
    fact wifi_signal_dbm "$level"
    if [ "$level" -le -75 ]; then finding wifi-weak problem "The Wi-Fi signal is weak ($level dBm)."
    elif [ "$level" -le -68 ]; then finding wifi-weak notice "The Wi-Fi signal could be better ($level dBm)."
    else finding wifi-signal fine "The Wi-Fi signal is good ($level dBm)."; fi
  done </proc/net/wireless
}

# The address of the router; nothing when there is none. The kernel writes it in hexadecimal, lowest byte first.
router() {
  local destination gateway
  [ -r /proc/net/route ] || return 0
  while read -r _ destination gateway _; do
    [ "$destination" = 00000000 ] && [ "$gateway" != 00000000 ] || continue
    printf '%d.%d.%d.%d' "0x${gateway:6:2}" "0x${gateway:4:2}" "0x${gateway:2:2}" "0x${gateway:0:2}"
    return
  done </proc/net/route
}

check_loss() {
  local address loss
  command -v ping >/dev/null 2>&1 || return 0
  address=$(router)
  [ -n "$address" ] || return 0
  loss=$(ping -n -q -c 5 -i 0.3 -W 1 "$address" 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)?% packet loss') || return 0
  loss=${loss%%[.%]*}
  # Many routers answer no echo at all; that says nothing.
  [ "$loss" = 100 ] && return 0
  fact loss_percent "$loss"
  if [ "$loss" -ge 20 ]; then finding loss problem "$loss% of the packets to the router get lost."
  else finding no-loss fine "Packets reach the router ($loss% lost)."; fi
}

check_tunnel
check_names
check_signal
check_loss
[ -n "$facts" ] && printf '{%s}\n' "$facts"
exit 0
