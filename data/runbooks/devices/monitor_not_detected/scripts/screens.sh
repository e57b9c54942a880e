#!/bin/bash
# Which screens does this computer see? Only reads.
# Reads: the graphics connectors, whether a screen is plugged into each, and the graphics driver

set -u

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }

facts=
fact() { facts="$facts${facts:+, }\"$1\": $2"; }

check_connectors() {
  local path name state enabled connectors=0 plugged=0 dark=0
  for path in /sys/class/drm/card*-*; do
    [ -r "$path/status" ] || continue
    name=${path##*/}
    case $name in
      # The laptop's own screen, and one that only exists for capturing.
      *-eDP-* | *-LVDS-* | *-DSI-* | *-Writeback-*) continue ;;
    esac
    connectors=$((connectors + 1))
    read -r state <"$path/status"
    [ "$state" = connected ] || continue
    plugged=$((plugged + 1))
    enabled=unknown
    [ -r "$path/enabled" ] && read -r enabled <"$path/enabled"
    [ "$enabled" = disabled ] && dark=$((dark + 1))
  done
  fact connectors "$connectors"
  fact external_screens "$plugged"
  if [ "$connectors" -eq 0 ]; then finding no-connectors notice "No connector for an external screen was found."
  elif [ "$plugged" -eq 0 ]; then finding no-screen problem "The computer sees no external screen: cable, dock or screen."
  elif [ "$dark" -gt 0 ]; then finding screen-off problem "A screen is plugged in and turned off in the settings."
  else finding screens fine "External screens that the computer sees: $plugged."; fi
}

check_driver() {
  local path driver
  for path in /sys/class/drm/card[0-9]*; do
    [ -e "$path/device/driver" ] || continue
    driver=$(readlink "$path/device/driver") || continue
    driver=$(printf '%s' "${driver##*/}" | tr -cd 'A-Za-z0-9_-')
    fact graphics_driver "\"$driver\""
    return
  done
}

check_connectors
check_driver
[ -n "$facts" ] && printf '{%s}\n' "$facts"
exit 0
