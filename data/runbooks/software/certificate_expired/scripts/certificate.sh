#!/bin/bash
# What does a site's own certificate say? Only reads: connects to the site as a browser would, sends nothing, and reads its certificate.
# With --host NAME or NAME:PORT.
# Reads: the dates, the name and the issuer of the certificate that the named site shows

set -u

host=
while [ "$#" -gt 0 ]; do
  case $1 in
    --host) host=${2:-}; shift ;;
  esac
  shift
done

finding() { printf 'finding %s %s %s\n' "$1" "$2" "$3"; }

facts=
# What comes from a foreign server is data: only plain letters of it are kept.
fact() { facts="$facts${facts:+, }\"$1\": \"$(printf '%s' "$2" | tr -cd 'A-Za-z0-9 .,:=@*_/+-' | cut -c 1-120)\""; }

end() {
  [ -n "$facts" ] && printf '{%s}\n' "$facts"
  exit 0
}

# People paste whole addresses.
host=${host#*://}
host=${host%%/*}
host=${host%%\?*}
port=443
case $host in *:*) port=${host##*:} host=${host%%:*} ;; esac
host=$(printf '%s' "$host" | tr '[:upper:]' '[:lower:]')

# Names only: a site that people open has one, and an address could be anything in our own network.
name='^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$'
if [ "$host" = all ] || [[ ! $host =~ $name ]] || [[ $host =~ ^[0-9.]+$ ]] || [[ $host =~ (^|\.)localhost$ ]] || [ "${#host}" -gt 253 ]; then
  finding no-host notice "No single site was named, so there is no certificate to look at."
  end
fi
case $port in
  443 | 465 | 636 | 993 | 995 | 8443) ;;
  *) finding no-host notice "That port is none of those that are looked at."; end ;;
esac
if ! command -v openssl >/dev/null 2>&1; then
  finding no-tool notice "The site's certificate cannot be looked at from here."
  end
fi

answer=$(timeout 12 openssl s_client -connect "$host:$port" -servername "$host" -verify_hostname "$host" </dev/null 2>/dev/null)
certificate=$(printf '%s\n' "$answer" | openssl x509 -noout -startdate -enddate -subject -issuer 2>/dev/null)
if [ -z "$certificate" ]; then
  finding not-reached notice "$host did not show a certificate to the bot's host; it may be reachable from elsewhere only."
  end
fi

field() { printf '%s\n' "$certificate" | sed -n "s/^$1=//p" | head -n 1; }

from=$(field notBefore)
until=$(field notAfter)
fact certificate_host "$host:$port"
fact certificate_subject "$(field subject)"
fact certificate_issuer "$(field issuer)"
fact certificate_from "$from"
fact certificate_until "$until"

now=$(date +%s)
starts=$(date -d "$from" +%s 2>/dev/null)
ends=$(date -d "$until" +%s 2>/dev/null)
if [[ $starts =~ ^[0-9]+$ && $ends =~ ^[0-9]+$ ]]; then
  days=$(((ends - now) / 86400))
  fact certificate_days_left "$days"
  if [ "$ends" -lt "$now" ]; then finding server-expired problem "The site's own certificate ran out on $(date -u -d "@$ends" '+%Y-%m-%d')."
  elif [ "$starts" -gt "$now" ]; then finding server-expired problem "The site's own certificate begins only on $(date -u -d "@$starts" '+%Y-%m-%d')."
  elif [ "$days" -lt 14 ]; then finding server-expires-soon notice "The site's own certificate runs out soon, on $(date -u -d "@$ends" '+%Y-%m-%d')."
  else finding server-dates fine "The site's own certificate is valid until $(date -u -d "@$ends" '+%Y-%m-%d')."; fi
fi

# The numbers of X509_V_ERR: 10 expired, 18 to 21 no trusted issuer, 62 another host name.
code=$(printf '%s\n' "$answer" | sed -n 's/^ *Verify return code: \([0-9]*\).*/\1/p' | head -n 1)
fact certificate_check "$(printf '%s\n' "$answer" | sed -n 's/^ *Verify return code: //p' | head -n 1)"
case $code in
  62) finding server-name problem "The site's own certificate is for another name than $host." ;;
  18 | 19 | 20 | 21) finding server-issuer notice "The bot's host does not know who issued the site's certificate; it may be the company itself." ;;
  0) finding server-trusted fine "The site's own certificate is in order." ;;
esac
end
