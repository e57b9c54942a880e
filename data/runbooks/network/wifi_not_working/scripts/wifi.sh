#!/bin/bash
# Why might the Wi-Fi not work? Only reads, and sends nothing over the network.
# Reads: the Wi-Fi adapter and its switch, the signal, the address, the route to the internet and the name servers

set -u

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }

facts=
fact() { facts="$facts${facts:+, }\"$1\": $2"; }

adapter() {
  local path
  for path in /sys/class/net/*/wireless /sys/class/net/*/phy80211; do
    [ -e "$path" ] || continue
    path=${path%/*}
    printf '%s' "${path##*/}"
    return
  done
}

check_switch() {
  local path type soft hard
  for path in /sys/class/rfkill/*; do
    [ -r "$path/type" ] || continue
    read -r type <"$path/type"
    [ "$type" = wlan ] || continue
    read -r soft <"$path/soft"
    read -r hard <"$path/hard"
    if [ "$hard" = 1 ]; then finding wifi-off problem "Wi-Fi is switched off by a switch or key on the computer."
    elif [ "$soft" = 1 ]; then finding wifi-off problem "Wi-Fi is switched off in the settings."; fi
  done
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

check_adapter() {
  local name state=unknown
  name=$(adapter)
  if [ -z "$name" ]; then
    finding no-adapter notice "No Wi-Fi adapter was found on this computer."
    return
  fi
  fact wifi_adapter "\"$name\""
  [ -r "/sys/class/net/$name/operstate" ] && read -r state <"/sys/class/net/$name/operstate"
  if [ "$state" = up ]; then finding wifi-connected fine "Wi-Fi is connected ($name)."
  else finding wifi-not-connected problem "Wi-Fi is not connected ($name)."; fi
}

check_route() {
  local interface destination found=
  if [ -r /proc/net/route ]; then
    while read -r interface destination _; do
      # A destination of zero is the default route.
      [ "$destination" = 00000000 ] && found=$interface && break
    done </proc/net/route
  fi
  if [ -n "$found" ]; then finding route fine "The internet is reached over $found."
  else finding no-route problem "There is no route to the internet."; fi
}

check_names() {
  local keyword value servers=0
  if [ -r /etc/resolv.conf ]; then
    while read -r keyword value _; do
      [ "$keyword" = nameserver ] && [ -n "$value" ] && servers=$((servers + 1))
    done </etc/resolv.conf
  fi
  if [ "$servers" -eq 0 ]; then finding dns-failing problem "No name server is set, so names of servers cannot be looked up."
  else finding dns fine "Name servers are set ($servers)."; fi
}

check_switch
check_adapter
check_signal
check_route
check_names
[ -n "$facts" ] && printf '{%s}\n' "$facts"
exit 0
