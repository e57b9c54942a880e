#!/bin/bash
# Why might this computer be hot or loud? Only reads; reports lines "finding id level text" and one line of facts.
# Reads: temperatures, fan speeds, the processor's load, the busiest program, the power mode and the battery's state

set -u

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }

facts=
fact() { facts="$facts${facts:+, }\"$1\": $2"; }

# The hottest sensor, in whole degrees Celsius; nothing when there is none.
check_temperature() {
  local file value hottest=
  for file in /sys/class/thermal/thermal_zone*/temp /sys/class/hwmon/hwmon*/temp*_input; do
    value=$(cat "$file" 2>/dev/null) || continue
    [[ $value =~ ^[0-9]+$ ]] || continue
    value=$((value / 1000))
    # Sensors that are not connected report nonsense.
    [ "$value" -gt 0 ] && [ "$value" -lt 130 ] || continue
    if [ -z "$hottest" ] || [ "$value" -gt "$hottest" ]; then hottest=$value; fi
  done
  [ -n "$hottest" ] || return 0
  fact temperature_c "$hottest"
  if [ "$hottest" -ge 95 ]; then finding too-hot problem "The hottest part is at $hottest degrees."
  elif [ "$hottest" -ge 85 ]; then finding too-hot notice "The hottest part is at $hottest degrees."
  else finding temperature fine "The hottest part is at $hottest degrees."; fi
}

check_fans() {
  local file value fastest= seen=
  for file in /sys/class/hwmon/hwmon*/fan*_input; do
    value=$(cat "$file" 2>/dev/null) || continue
    [[ $value =~ ^[0-9]+$ ]] || continue
    seen=yes
    if [ -z "$fastest" ] || [ "$value" -gt "$fastest" ]; then fastest=$value; fi
  done
  [ -n "$seen" ] || return 0
  fact fan_rpm "$fastest"
  finding fan fine "The fastest fan turns $fastest times a minute."
}

check_processor() {
  local load cores hundredths
  [ -r /proc/loadavg ] || return 0
  read -r load _ </proc/loadavg
  cores=$(grep -c '^processor' /proc/cpuinfo 2>/dev/null)
  [ "${cores:-0}" -gt 0 ] || cores=1
  hundredths=$((10#${load%.*} * 100 + 10#${load#*.}))
  hundredths=$((hundredths / cores))
  fact load_percent "$hundredths"
  if [ "$hundredths" -ge 90 ]; then finding cpu-busy problem "The processor is busy ($hundredths% of what it can do)."
  elif [ "$hundredths" -ge 50 ]; then finding cpu-busy notice "The processor has a good deal to do ($hundredths% of what it can do)."
  else finding cpu-free fine "The processor has time to spare ($hundredths% of what it can do)."; fi
}

# Only the program's name, never its arguments: they may hold secrets.
check_program() {
  local name
  command -v ps >/dev/null 2>&1 || return 0
  name=$(ps -eo comm= --sort=-pcpu 2>/dev/null | head -n 1 | tr -cd 'A-Za-z0-9._ -')
  [ -n "$name" ] && fact busiest_program "\"${name:0:40}\""
}

check_power_mode() {
  local mode
  [ -r /sys/firmware/acpi/platform_profile ] || return 0
  read -r mode </sys/firmware/acpi/platform_profile
  mode=$(printf '%s' "$mode" | tr -cd 'a-z-')
  fact power_mode "\"$mode\""
  [ "$mode" = performance ] && finding power-mode-high notice "The power mode asks for the highest performance."
}

check_battery() {
  local path full design health
  for path in /sys/class/power_supply/BAT*; do
    for kind in energy charge; do
      [ -r "$path/${kind}_full" ] && [ -r "$path/${kind}_full_design" ] || continue
      read -r full <"$path/${kind}_full"
      read -r design <"$path/${kind}_full_design"
      [[ $full =~ ^[0-9]+$ && $design =~ ^[0-9]+$ && $design -gt 0 ]] || continue
      health=$((full * 100 / design))
      fact battery_health_percent "$health"
      [ "$health" -lt 50 ] && finding battery-worn notice "The battery holds only $health% of what it held when it was new."
      return
    done
  done
}

check_temperature
check_fans
check_processor
check_program
check_power_mode
check_battery
[ -n "$facts" ] && printf '{%s}\n' "$facts"
exit 0
