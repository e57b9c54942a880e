#!/bin/bash
# Why might Excel freeze on a Mac? Only reads; reports lines "finding id level text" and facts as JSON.
# Reads: the free memory and disk, and how often Excel crashed in the last week

set -u

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }
has() { command -v "$1" >/dev/null 2>&1; }

# The folder of the person at the screen; whoever runs this may be somebody else.
home_folder() {
  local person=
  [[ ${OSTYPE:-} == darwin* ]] && person=$(stat -f %Su /dev/console 2>/dev/null)
  if [ -n "$person" ] && [ -d "/Users/$person" ]; then echo "/Users/$person"
  else echo "${HOME:-/}"; fi
}

# Per cent of the memory that can still be used; nothing when it cannot be read.
free_memory() {
  local name value total= available=
  if has memory_pressure; then
    memory_pressure -Q 2>/dev/null | sed -n 's/.*free percentage: *\([0-9]*\)%.*/\1/p'
  elif [ -r /proc/meminfo ]; then
    while read -r name value _; do
      case $name in MemTotal:) total=$value ;; MemAvailable:) available=$value ;; esac
    done </proc/meminfo
    [ "${total:-0}" -gt 0 ] && [ -n "$available" ] && echo $((available * 100 / total))
  fi
}

check_memory() {
  local free
  free=$(free_memory)
  [[ ${free:-} =~ ^[0-9]+$ ]] || return 0
  printf '{"memory_free_percent": %s}\n' "$free"
  if [ "$free" -lt 5 ]; then finding memory-full problem "Only $free% of the memory is free."
  elif [ "$free" -lt 15 ]; then finding memory-full notice "Only $free% of the memory is free."
  else finding memory-space fine "$free% of the memory is free."; fi
}

check_disk() {
  local available free
  # The first line is the heading.
  { read -r _; read -r _ _ _ available _; } < <(df -P -k "$1" 2>/dev/null)
  [[ ${available:-} =~ ^[0-9]+$ ]] || return 0
  free=$((available / 1024 / 1024))
  printf '{"disk_free_gb": %s}\n' "$free"
  if [ "$free" -lt 2 ]; then finding disk-full problem "Less than 2 GB of the disk are free."
  else finding disk-space fine "$free GB of the disk are free."; fi
}

check_reports() {
  local folder="$1/Library/Logs/DiagnosticReports" count
  has find && [ -d "$folder" ] || return 0
  count=$(find "$folder" -maxdepth 1 -name 'Microsoft Excel*' -mtime -7 2>/dev/null | grep -c .)
  printf '{"excel_events": %s}\n' "$count"
  if [ "$count" -gt 0 ]; then finding excel-crashed notice "Crashes and hangs of Excel in the last week: $count."
  else finding excel-steady fine "The Mac has no report of a crash of Excel from the last week."; fi
}

home=$(home_folder)
check_memory
check_disk "$home"
check_reports "$home"
exit 0
