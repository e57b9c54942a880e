# Why might the Wi-Fi of this Windows computer not work? Only reads, and sends nothing over the network.
# Reads: the Wi-Fi adapter and its state, the signal, the address, the route to the internet and the name servers

$ErrorActionPreference = 'SilentlyContinue'

function Write-Finding([string] $Id, [string] $Level, [string] $Text) { Write-Output "finding $Id $Level $Text" }

$facts = [ordered]@{}

# 9 is the medium of Wi-Fi adapters (Native 802.11).
$adapter = Get-NetAdapter -Physical | Where-Object { $_.NdisPhysicalMedium -eq 9 } | Select-Object -First 1
if (-not $adapter) {
    Write-Finding 'no-adapter' 'problem' 'No Wi-Fi adapter was found on this computer.'
}
else {
    $facts['wifi_adapter'] = $adapter.InterfaceDescription
    $facts['wifi_driver'] = $adapter.DriverVersion
    if ($adapter.Status -eq 'Disabled') { Write-Finding 'wifi-off' 'problem' 'The Wi-Fi adapter is switched off.' }
    elseif ($adapter.Status -eq 'Up') { Write-Finding 'wifi-connected' 'fine' 'Wi-Fi is connected.' }
    else { Write-Finding 'wifi-not-connected' 'problem' 'Wi-Fi is not connected.' }

    $address = Get-NetIPAddress -InterfaceIndex $adapter.ifIndex -AddressFamily IPv4 | Select-Object -First 1
    if ($address) {
        $facts['ip_address'] = $address.IPAddress
        if ($address.IPAddress.StartsWith('169.254.')) { Write-Finding 'no-address' 'problem' 'The network gave this computer no address.' }
    }

    $signal = netsh wlan show interfaces | Select-String -Pattern '(\d{1,3})%' | Select-Object -First 1
    if ($signal) {
        $percent = [int] $signal.Matches[0].Groups[1].Value
        $facts['wifi_signal_percent'] = $percent
        if ($percent -lt 40) { Write-Finding 'wifi-weak' 'problem' "The Wi-Fi signal is weak ($percent%)." }
        elseif ($percent -lt 60) { Write-Finding 'wifi-weak' 'notice' "The Wi-Fi signal could be better ($percent%)." }
        else { Write-Finding 'wifi-signal' 'fine' "The Wi-Fi signal is good ($percent%)." }
    }
}

if (Get-NetRoute -DestinationPrefix '0.0.0.0/0') { Write-Finding 'route' 'fine' 'There is a way to the internet.' }
else { Write-Finding 'no-route' 'problem' 'There is no route to the internet.' }

$servers = @(Get-DnsClientServerAddress -AddressFamily IPv4 | ForEach-Object { $_.ServerAddresses } | Sort-Object -Unique)
if ($servers.Count -eq 0) { Write-Finding 'dns-failing' 'problem' 'No name server is set, so names of servers cannot be looked up.' }
else { Write-Finding 'dns' 'fine' "Name servers are set ($($servers.Count))." }

Write-Output ($facts | ConvertTo-Json -Compress)
exit 0
