#!/bin/bash
# Why might OneDrive not sync on a Mac? Only reads, and opens no file; reports lines "finding id level text" and facts as JSON.
# Reads: whether OneDrive runs, the free disk space, and the names of the files in OneDrive

set -u

# OneDrive takes 400 signs, counted from the top of the cloud.
longest_allowed=400
slow_from=300000

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }
has() { command -v "$1" >/dev/null 2>&1; }

# The folder of the person at the screen; whoever runs this may be somebody else.
home_folder() {
  local person=
  [[ ${OSTYPE:-} == darwin* ]] && person=$(stat -f %Su /dev/console 2>/dev/null)
  if [ -n "$person" ] && [ -d "/Users/$person" ]; then echo "/Users/$person"
  else echo "${HOME:-/}"; fi
}

check_running() {
  if ! has pgrep; then
    finding running-unknown fine "Whether OneDrive runs could not be checked on this computer."
  elif pgrep -x OneDrive >/dev/null 2>&1; then finding running fine "OneDrive runs."
  else finding not-running problem "OneDrive does not run."; fi
}

check_disk() {
  local available free
  # The first line is the heading.
  { read -r _; read -r _ _ _ available _; } < <(df -P -k "$1" 2>/dev/null)
  [[ ${available:-} =~ ^[0-9]+$ ]] || return 0
  free=$((available / 1024 / 1024))
  printf '{"disk_free_gb": %s}\n' "$free"
  if [ "$free" -lt 2 ]; then finding disk-full problem "Less than 2 GB of the disk are free."
  elif [ "$free" -lt 10 ]; then finding disk-full notice "Only $free GB of the disk are free."
  else finding disk-space fine "$free GB of the disk are free."; fi
}

# Counts names only, at most as many as are slow anyway.
check_names() {
  local root=$1 counts files longest odd
  has find && has awk && has head || return 0
  counts=$(find "$root" -mindepth 1 -print 2>/dev/null | head -n $((slow_from + 1)) | awk -v skip="${#root}" '
    { files++; length_of = length($0) - skip - 1; if (length_of > longest) longest = length_of
      name = $0; sub(/.*\//, "", name)
      if (name ~ /["*:<>?\\|]/ || name ~ /^ / || name ~ / $/) odd++ }
    END { print files + 0, longest + 0, odd + 0 }')
  read -r files longest odd <<<"$counts"
  printf '{"files": %s, "longest_path": %s}\n' "$files" "$longest"
  if [ "$longest" -gt "$longest_allowed" ]; then finding long-paths problem "The longest path has $longest signs, and OneDrive takes $longest_allowed."; fi
  if [ "$odd" -gt 0 ]; then finding names-not-allowed problem "$odd names have a sign that OneDrive does not take."; fi
  if [ "$files" -gt "$slow_from" ]; then finding many-files notice "More than $slow_from files are synced, which makes OneDrive slow."
  else finding file-count fine "$files files and folders are synced."; fi
}

home=$(home_folder)
check_running
check_disk "$home"
for root in "$home"/Library/CloudStorage/OneDrive* "$home"/OneDrive*; do
  if [ -d "$root" ]; then
    check_names "$root"
    break
  fi
done
exit 0
