#!/bin/bash
# What does the print server say about a printer? Only reads. With --printer NAME, about that one; without, about all.
# Reads: whether the print service runs, whether the printer takes jobs, and how many jobs wait

set -u

printer=
while [ "$#" -gt 0 ]; do
  case $1 in
    --printer) printer=${2:-}; shift ;;
  esac
  shift
done

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }

facts=
fact() { facts="$facts${facts:+, }\"$1\": $2"; }

# What a person calls the printer is compared with the server's names, and never becomes part of a command's options.
known_name() {
  local wanted name
  wanted=$(printf '%s' "$printer" | tr '[:upper:]' '[:lower:]' | tr -cd 'a-z0-9')
  [ -n "$wanted" ] || return 0
  while read -r name; do
    [ "$(printf '%s' "$name" | tr '[:upper:]' '[:lower:]' | tr -cd 'a-z0-9')" = "$wanted" ] && printf '%s' "$name" && return
  done < <(lpstat -e 2>/dev/null)
}

check_service() {
  if ! command -v lpstat >/dev/null 2>&1; then
    finding no-print-service notice "No print service is set up on the print server."
    return 1
  fi
  if lpstat -r 2>/dev/null | grep -q 'not running'; then
    finding service-stopped problem "The print service on the print server is not running."
    return 1
  fi
  if ! lpstat -r >/dev/null 2>&1; then
    finding service-stopped problem "The print service on the print server does not answer."
    return 1
  fi
  finding service fine "The print service on the print server is running."
}

check_printer() {
  local name=$1 line
  line=$(lpstat -p "$name" 2>/dev/null | head -n 1)
  case $line in
    *disabled*) finding printer-stopped problem "The printer is stopped on the print server." ;;
    *) finding printer-ready fine "The print server holds the printer ready." ;;
  esac
  if lpstat -a "$name" 2>/dev/null | grep -q 'not accepting'; then
    finding printer-rejects problem "The print server takes no new jobs for the printer."
  fi
}

check_jobs() {
  local waiting
  waiting=$(lpstat -W not-completed -o ${1:+"$1"} 2>/dev/null | grep -c .)
  fact jobs_waiting "${waiting:-0}"
  if [ "${waiting:-0}" -ge 10 ]; then finding jobs-stuck problem "$waiting jobs wait on the print server."
  elif [ "${waiting:-0}" -ge 1 ]; then finding jobs-stuck notice "$waiting jobs wait on the print server."
  else finding no-jobs fine "No job waits on the print server."; fi
}

if check_service; then
  name=$(known_name)
  if [ -n "$name" ]; then
    fact server_queue "\"$(printf '%s' "$name" | tr -cd 'A-Za-z0-9_.-')\""
    check_printer "$name"
  elif [ -n "$printer" ]; then finding unknown-printer notice "The print server knows no printer of that name."; fi
  check_jobs "$name"
fi
[ -n "$facts" ] && printf '{%s}\n' "$facts"
exit 0
