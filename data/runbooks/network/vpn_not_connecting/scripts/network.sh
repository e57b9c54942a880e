#!/bin/bash
# Why might the VPN not connect? Only reads, and sends nothing over the network; reports lines "finding id level text".
# With --error NUMBER it also says what that number of the Windows VPN client means.
# Reads: the network interfaces, the route to the internet, the name servers and the clock

set -u

error=
while [ "$#" -gt 0 ]; do
  case $1 in
    --error) error=${2:-}; shift ;;
  esac
  shift
done

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }

check_route() {
  local interface destination rest found=
  if [ -r /proc/net/route ]; then
    while read -r interface destination rest; do
      # A destination of zero is the default route.
      [ "$destination" = 00000000 ] && found=$interface && break
    done </proc/net/route
  fi
  if [ -z "$found" ]; then
    finding no-route problem "There is no route to the internet."
    finding no-default-interface notice "No network connection is chosen for the internet."
    return
  fi

  local state=unknown
  [ -r "/sys/class/net/$found/operstate" ] && read -r state <"/sys/class/net/$found/operstate"
  if [ "$state" = down ]; then finding no-default-interface problem "The connection $found that leads to the internet is down."
  else finding route fine "The internet is reached over $found."; fi
}

check_names() {
  local keyword value servers=0
  if [ -r /etc/resolv.conf ]; then
    while read -r keyword value _; do
      [ "$keyword" = nameserver ] && [ -n "$value" ] && servers=$((servers + 1))
    done </etc/resolv.conf
  fi
  if [ "$servers" -eq 0 ]; then finding dns-failing problem "No name server is set, so names of servers cannot be looked up."
  elif ! getent hosts localhost >/dev/null 2>&1; then finding dns-failing problem "Looking up names fails, even for this computer itself."
  else finding dns fine "Looking up names works (name servers: $servers)."; fi
}

check_clock() {
  local now newest
  now=$(date +%s)
  # The clock cannot be right when it is before this script was written.
  newest=$(stat -c %Y -- "$0" 2>/dev/null) || return 0
  if [ "$now" -lt "$((newest - 86400))" ]; then finding clock-wrong problem "The clock shows $(date -u '+%Y-%m-%d %H:%M') UTC, which is in the past; certificates seem not valid yet."
  else finding clock fine "The clock shows $(date -u '+%Y-%m-%d %H:%M') UTC."; fi
}

check_error() {
  case $1 in
    691) finding sign-in-refused problem "The VPN refused the user name or the password." ;;
    648) finding sign-in-refused problem "The password has expired." ;;
    647 | 649) finding rules-refuse problem "The account is disabled, or may not use the VPN." ;;
    800 | 806 | 809) finding path-blocked problem "The VPN server does not answer: something on the way blocks the VPN." ;;
    868) finding dns-failing problem "The name of the VPN server was not found." ;;
    798 | 13801 | 13806) finding certificate-refused problem "The certificate of the computer or of the VPN server was not accepted." ;;
    720) finding adapter-broken problem "Windows could not set up its own network part of the VPN." ;;
    789) finding settings-differ problem "The VPN server and this computer do not agree on how to secure the connection." ;;
    812) finding rules-refuse problem "The rules of the VPN server do not let this sign-in through." ;;
  esac
}

check_route
check_names
check_clock
check_error "$error"
exit 0
