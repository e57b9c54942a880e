#!/bin/bash
# Why might this computer be slow? Only reads; reports lines "finding id level text" and one line of facts.
# Reads: free disk space, memory, swap, processor load, the number of processes and the time since the last restart

set -u

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }

facts=
fact() { facts="$facts${facts:+, }\"$1\": $2"; }

# The value in kB that /proc/meminfo gives for a name; nothing when it has none.
meminfo() { while read -r name value _; do [ "$name" = "$1:" ] && echo "$value" && return; done </proc/meminfo; }

check_disk() {
  local available capacity used free
  # Filesystem, blocks, used, available, capacity, mounted on.
  read -r _ _ _ available capacity _ < <(df -P -k / 2>/dev/null | tail -n 1)
  used=${capacity%\%}
  [[ $available =~ ^[0-9]+$ && $used =~ ^[0-9]+$ ]] || return 0
  free=$((available / 1024 / 1024))
  fact disk_free_gb "$free"
  if [ "$used" -ge 95 ]; then finding disk-full problem "The disk is $used% full; $free GB are free."
  elif [ "$used" -ge 85 ]; then finding disk-full notice "The disk is $used% full; $free GB are free."
  else finding disk-space fine "The disk is $used% full; $free GB are free."; fi
}

check_memory() {
  local total available used
  total=$(meminfo MemTotal) available=$(meminfo MemAvailable)
  [ "${total:-0}" -gt 0 ] && [ -n "$available" ] || return 0
  used=$((100 - available * 100 / total))
  fact memory_used_percent "$used"
  fact memory_gb "$(((total + 524288) / 1048576))"
  if [ "$used" -ge 95 ]; then finding memory-full problem "$used% of the memory is in use."
  elif [ "$used" -ge 85 ]; then finding memory-full notice "$used% of the memory is in use."
  else finding memory-space fine "$used% of the memory is in use."; fi
}

check_swap() {
  local total free used
  total=$(meminfo SwapTotal) free=$(meminfo SwapFree)
  [ "${total:-0}" -gt 0 ] || return 0
  used=$((100 - ${free:-0} * 100 / total))
  if [ "$used" -ge 50 ]; then finding swap-used problem "$used% of the swap space is in use: there is too little memory for what runs."
  elif [ "$used" -ge 10 ]; then finding swap-used notice "$used% of the swap space is in use."; fi
}

check_processor() {
  local load cores hundredths
  read -r load _ </proc/loadavg || return 0
  cores=$(grep -c '^processor' /proc/cpuinfo 2>/dev/null)
  [ "${cores:-0}" -gt 0 ] || cores=1
  hundredths=$((10#${load%.*} * 100 + 10#${load#*.}))
  hundredths=$((hundredths / cores))
  fact load_percent "$hundredths"
  if [ "$hundredths" -ge 200 ]; then finding cpu-busy problem "The processor has more than twice the work that it can do at once (load $load on $cores cores)."
  elif [ "$hundredths" -ge 90 ]; then finding cpu-busy notice "The processor is busy (load $load on $cores cores)."
  else finding cpu-free fine "The processor has time to spare (load $load on $cores cores)."; fi
}

check_processes() {
  local entry count=0
  for entry in /proc/[0-9]*; do count=$((count + 1)); done
  if [ "$count" -ge 800 ]; then finding many-processes problem "$count programs are running."
  elif [ "$count" -ge 400 ]; then finding many-processes notice "$count programs are running."; fi
}

check_uptime() {
  local seconds days
  read -r seconds _ </proc/uptime || return 0
  days=$((${seconds%.*} / 86400))
  fact days_since_restart "$days"
  if [ "$days" -ge 30 ]; then finding long-uptime problem "The computer has not been restarted for $days days."
  elif [ "$days" -ge 10 ]; then finding long-uptime notice "The computer has not been restarted for $days days."; fi
}

check_disk
check_memory
check_swap
check_processor
check_processes
check_uptime
[ -n "$facts" ] && printf '{%s}\n' "$facts"
exit 0
