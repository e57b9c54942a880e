#!/bin/bash
# Which programs crashed here lately? Only reads; reports lines "finding id level text" and facts as JSON.
# Reads: the notes about crashes of the last week, the free disk space and memory

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

# how many, the newest program
report_crashes() {
  # Names of programs come from files that anybody may write, so only harmless signs are passed on.
  local name=${2//[^A-Za-z0-9 ._-]/}
  name=${name:0:60}
  printf '{"crashes": %s, "crashed_program": "%s"}\n' "$1" "$name"
  if [ "$1" -gt 0 ]; then finding crashed notice "Crashes noted in the last week: $1, the newest of ${name:-a program}."
  else finding no-crash fine "No crash was noted in the last week."; fi
}

check_mac() {
  local list newest
  has find && has sort || return 0
  list=$(find "$1/Library/Logs/DiagnosticReports" /Library/Logs/DiagnosticReports -maxdepth 1 \( -name '*.ips' -o -name '*.crash' -o -name '*.hang' \) -mtime -7 2>/dev/null)
  # Reports are called Program-year-month-day-time.ips.
  newest=$(sed -e 's|.*/||' -e 's|\(.*\)-\([0-9]\{4\}-[0-9-]*\)\..*|\2 \1|' <<<"$list" | sort | tail -n 1)
  report_crashes "$(grep -c . <<<"$list")" "${newest#* }"
}

check_linux() {
  local list newest
  if has coredumpctl; then
    list=$(coredumpctl list --no-pager --no-legend --since=-7d 2>/dev/null)
    newest=$(tail -n 1 <<<"$list" | grep -o '/[^ ]*' | tail -n 1)
    report_crashes "$(grep -c . <<<"$list")" "${newest##*/}"
  elif [ -d /var/crash ] && has find; then
    list=$(find /var/crash -maxdepth 1 -name '*.crash' -mtime -7 2>/dev/null)
    newest=$(sed -e 's|.*/||' -e 's|\.[0-9]*\.crash$||' -e 's|.*_||' <<<"$list" | tail -n 1)
    report_crashes "$(grep -c . <<<"$list")" "$newest"
  else
    finding crashes-unknown fine "This computer keeps no notes about crashes that could be read."
  fi
}

check_disk() {
  local available free
  # The first line is the heading.
  { read -r _; read -r _ _ _ available _; } < <(df -P -k "$1" 2>/dev/null)
  [[ ${available:-} =~ ^[0-9]+$ ]] || return 0
  free=$((available / 1024 / 1024))
  printf '{"disk_free_gb": %s}\n' "$free"
  if [ "$free" -lt 1 ]; then finding disk-full problem "Less than 1 GB of the disk is free."
  elif [ "$free" -lt 3 ]; then finding disk-full notice "Only $free GB of the disk are free."
  else finding disk-space fine "$free GB of the disk are free."; fi
}

check_memory() {
  local name value total= available= free
  [ -r /proc/meminfo ] || return 0
  while read -r name value _; do
    case $name in MemTotal:) total=$value ;; MemAvailable:) available=$value ;; esac
  done </proc/meminfo
  [ "${total:-0}" -gt 0 ] && [ -n "$available" ] || return 0
  free=$((available * 100 / total))
  if [ "$free" -lt 5 ]; then finding memory-full problem "Only $free% of the memory is free."
  else finding memory-space fine "$free% of the memory is free."; fi
}

home=$(home_folder)
if [[ ${OSTYPE:-} == darwin* ]]; then check_mac "$home"; else check_linux; fi
check_disk "$home"
check_memory
exit 0
