#!/bin/bash
# Why might Teams not sign in? Only reads; reports lines "finding id level text" and facts as JSON.
# Reads: whether the sign-in service and Teams answer, the clock and the version of Teams

set -u

too_far=300

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }

# Seconds since 1970 of an HTTP date, with GNU's date or that of a Mac; nothing when neither can read it.
epoch() { date -u -d "$1" +%s 2>/dev/null || LC_ALL=C date -j -u -f '%a, %d %b %Y %H:%M:%S GMT' "$1" +%s 2>/dev/null; }

check_server() {
  local status
  curl -sS -I -o /dev/null -m 8 "https://$1/" 2>/dev/null
  status=$?
  case $status in
    0) finding server fine "$1 answers." ;;
    5 | 6) finding dns-failing problem "The name $1 is not found." ;;
    35 | 51 | 58 | 60 | 77 | 83) finding not-trusted problem "No secure connection to $1 comes about." ;;
    *) finding server-unreachable problem "This computer does not reach $1." ;;
  esac
  return "$status"
}

check_clock() {
  local header theirs ours off
  # With a clock that is far off no certificate is valid, so the time is asked for without looking at it.
  header=$(curl -sS -k -I -m 8 "https://login.microsoftonline.com/" 2>/dev/null | tr -d '\r' | sed -n 's/^[Dd]ate: //p' | head -n 1)
  [ -n "$header" ] && theirs=$(epoch "$header") && [ -n "$theirs" ] || return 0
  ours=$(date +%s)
  off=$((ours - theirs))
  [ "$off" -lt 0 ] && off=$((-off))
  if [ "$off" -gt "$too_far" ]; then finding clock-wrong problem "The clock of this computer is wrong by $((off / 60)) minutes."
  else finding clock fine "The clock of this computer is right."; fi
}

check_app() {
  local version
  [ -d "/Applications/Microsoft Teams.app" ] && command -v defaults >/dev/null 2>&1 || return 0
  version=$(defaults read "/Applications/Microsoft Teams.app/Contents/Info" CFBundleShortVersionString 2>/dev/null)
  [[ ${version:-} =~ ^[0-9.]+$ ]] && printf '{"teams_version": "%s"}\n' "$version"
  return 0
}

if command -v curl >/dev/null 2>&1; then
  check_server login.microsoftonline.com && check_server teams.microsoft.com
  check_clock
else
  finding server-unknown fine "Whether the sign-in service answers could not be checked on this computer."
fi
check_app
exit 0
