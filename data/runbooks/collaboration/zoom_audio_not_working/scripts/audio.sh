#!/bin/bash
# Why might there be no sound in a meeting? Only reads and never opens the microphone; reports lines "finding id level text" and facts as JSON.
# Reads: which microphones and speakers there are, and whether they are muted

set -u

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }
has() { command -v "$1" >/dev/null 2>&1; }

# microphones, speakers
report_devices() {
  printf '{"microphones": %s, "speakers": %s}\n' "$1" "$2"
  if [ "$1" -eq 0 ] && [ "$2" -eq 0 ]; then finding no-sound-device problem "The computer knows neither a microphone nor a speaker."
  elif [ "$1" -eq 0 ]; then finding no-microphone problem "The computer knows no microphone."
  elif [ "$2" -eq 0 ]; then finding no-speaker problem "The computer knows no speaker."
  else finding sound-devices fine "Microphones: $1, speakers: $2."; fi
}

check_mac() {
  local list settings
  if has system_profiler; then
    list=$(system_profiler SPAudioDataType 2>/dev/null)
    report_devices "$(grep -c 'Input Channels' <<<"$list")" "$(grep -c 'Output Channels' <<<"$list")"
  fi
  has osascript || return 0
  settings=$(osascript -e 'get volume settings' 2>/dev/null) || return 0
  case $settings in
    *"output muted:true"*) finding sound-muted problem "The sound of the Mac is muted." ;;
    *"output volume:0,"*) finding sound-muted problem "The volume of the Mac is at zero." ;;
  esac
  case $settings in
    *"input volume:0,"*) finding microphone-muted problem "The microphone of the Mac is turned down to zero." ;;
  esac
}

# What the kernel knows, whoever asks.
check_linux_devices() {
  local line microphones=0 speakers=0
  if [ ! -r /proc/asound/pcm ]; then
    finding sound-unknown fine "Which sound devices there are could not be read on this computer."
    return
  fi
  while read -r line; do
    case $line in *capture*) microphones=$((microphones + 1)) ;; esac
    case $line in *playback*) speakers=$((speakers + 1)) ;; esac
  done </proc/asound/pcm
  report_devices "$microphones" "$speakers"
}

# What the desktop has set; only there when its user asks.
check_linux_volume() {
  local source sink
  if has wpctl; then
    source=$(wpctl get-volume @DEFAULT_AUDIO_SOURCE@ 2>/dev/null)
    sink=$(wpctl get-volume @DEFAULT_AUDIO_SINK@ 2>/dev/null)
  elif has pactl; then
    source=$(pactl get-source-mute @DEFAULT_SOURCE@ 2>/dev/null)
    sink=$(pactl get-sink-mute @DEFAULT_SINK@ 2>/dev/null)
  else
    return 0
  fi
  case ${source:-} in *MUTED* | *"Mute: yes"* | *"Volume: 0.00"*) finding microphone-muted problem "The microphone is muted." ;; esac
  case ${sink:-} in *MUTED* | *"Mute: yes"* | *"Volume: 0.00"*) finding sound-muted problem "The sound is muted." ;; esac
}

if [[ ${OSTYPE:-} == darwin* ]]; then
  check_mac
else
  check_linux_devices
  check_linux_volume
fi
exit 0
