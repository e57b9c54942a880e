#!/bin/bash
# Why might Outlook get no mail? Only reads; reports lines "finding id level text" and facts as JSON.
# Reads: whether the mail server answers, the clock and the free disk space

set -u

server=outlook.office365.com
too_far=300

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }

# Seconds since 1970 of an HTTP date, with GNU's date or that of a Mac; nothing when neither can read it.
epoch() { date -u -d "$1" +%s 2>/dev/null || LC_ALL=C date -j -u -f '%a, %d %b %Y %H:%M:%S GMT' "$1" +%s 2>/dev/null; }

check_server() {
  local status
  if ! command -v curl >/dev/null 2>&1; then
    finding server-unknown fine "Whether the mail server answers could not be checked on this computer."
    return
  fi
  curl -sS -I -o /dev/null -m 8 "https://$server/" 2>/dev/null
  status=$?
  case $status in
    0) finding server fine "The mail server answers." ;;
    5 | 6) finding dns-failing problem "The name of the mail server is not found." ;;
    35 | 51 | 58 | 60 | 77 | 83) finding not-trusted problem "No secure connection to the mail server comes about." ;;
    *) finding server-unreachable problem "The mail server is not reached from this computer." ;;
  esac
}

check_clock() {
  local header theirs ours off
  command -v curl >/dev/null 2>&1 || return 0
  # With a clock that is far off no certificate is valid, so the time is asked for without looking at it.
  header=$(curl -sS -k -I -m 8 "https://$server/" 2>/dev/null | tr -d '\r' | sed -n 's/^[Dd]ate: //p' | head -n 1)
  [ -n "$header" ] && theirs=$(epoch "$header") && [ -n "$theirs" ] || return 0
  ours=$(date +%s)
  off=$((ours - theirs))
  [ "$off" -lt 0 ] && off=$((-off))
  if [ "$off" -gt "$too_far" ]; then finding clock-wrong problem "The clock of this computer is wrong by $((off / 60)) minutes."
  else finding clock fine "The clock of this computer is right."; fi
}

check_disk() {
  local available free
  # The first line is the heading.
  { read -r _; read -r _ _ _ available _; } < <(df -P -k "${HOME:-/}" 2>/dev/null)
  [[ ${available:-} =~ ^[0-9]+$ ]] || return 0
  free=$((available / 1024 / 1024))
  printf '{"disk_free_gb": %s}\n' "$free"
  if [ "$free" -lt 1 ]; then finding disk-full problem "Less than 1 GB of the disk is free."
  elif [ "$free" -lt 5 ]; then finding disk-full notice "Only $free GB of the disk are free."
  else finding disk-space fine "$free GB of the disk are free."; fi
}

check_server
check_clock
check_disk
exit 0
