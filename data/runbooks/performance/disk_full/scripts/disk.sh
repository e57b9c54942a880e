#!/bin/bash
# How full is the disk, and with what? Only reads; reports lines "finding id level text" and one line of facts.
# Reads: free space and free files of the disk, and the sizes of trash, downloads, logs and package caches

set -u

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }

facts=
fact() { facts="$facts${facts:+, }\"$1\": $2"; }

check_space() {
  local available capacity used free
  # Filesystem, blocks, used, available, capacity, mounted on.
  read -r _ _ _ available capacity _ < <(df -P -k / 2>/dev/null | tail -n 1)
  used=${capacity%\%}
  [[ $available =~ ^[0-9]+$ && $used =~ ^[0-9]+$ ]] || return 0
  free=$((available / 1024 / 1024))
  fact disk_free_gb "$free"
  fact disk_used_percent "$used"
  if [ "$used" -ge 95 ]; then finding disk-full problem "The disk is $used% full; $free GB are free."
  elif [ "$used" -ge 85 ]; then finding disk-full notice "The disk is $used% full; $free GB are free."
  else finding disk-space fine "The disk is $used% full; $free GB are free."; fi
}

check_files() {
  local capacity used
  read -r _ _ _ _ capacity _ < <(df -P -i / 2>/dev/null | tail -n 1)
  used=${capacity%\%}
  [[ $used =~ ^[0-9]+$ ]] || return 0
  [ "$used" -ge 95 ] && finding too-many-files problem "The disk holds nearly as many files as it can ($used%)."
  return 0
}

# The size of a folder in whole GB; nothing when it is not there, may not be read or takes too long.
size_gb() {
  local kilobytes
  [ -r "$1" ] || return 0
  read -r kilobytes _ < <(timeout 8 du -s -k -x -- "$1" 2>/dev/null)
  [[ ${kilobytes:-} =~ ^[0-9]+$ ]] && printf '%d' $((kilobytes / 1024 / 1024))
}

# check_folder NAME LIMIT_GB FOLDER TEXT
check_folder() {
  local size
  size=$(size_gb "$3")
  [ -n "$size" ] || return 0
  fact "${1//-/_}_gb" "$size"
  [ "$size" -ge "$2" ] && finding "$1" notice "$4: $size GB."
  return 0
}

check_space
check_files
check_folder trash 1 "${HOME:-/nonexistent}/.local/share/Trash" "The trash still holds deleted files"
check_folder downloads 5 "${HOME:-/nonexistent}/Downloads" "The downloads folder is large"
check_folder logs 3 /var/log "System logs are large"
check_folder packages 3 /var/cache/apt "Installed packages left their files behind"
[ -n "$facts" ] && printf '{%s}\n' "$facts"
exit 0
