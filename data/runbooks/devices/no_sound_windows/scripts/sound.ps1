# Why might this Windows computer be silent? Only reads.
# Reads: the audio services, the sound devices and their drivers, and whether apps may use the microphone

$ErrorActionPreference = 'SilentlyContinue'

function Write-Finding([string] $Id, [string] $Level, [string] $Text) { Write-Output "finding $Id $Level $Text" }

$facts = [ordered]@{}

$stopped = @(Get-Service -Name 'Audiosrv', 'AudioEndpointBuilder' | Where-Object { $_.Status -ne 'Running' })
if ($stopped.Count -gt 0) { Write-Finding 'service-stopped' 'problem' 'The sound service of Windows is not running.' }
else { Write-Finding 'service' 'fine' 'The sound service of Windows is running.' }

$devices = @(Get-PnpDevice -PresentOnly -Class 'MEDIA')
$faulty = @($devices | Where-Object { $_.Status -ne 'OK' })
if ($devices.Count -eq 0) { Write-Finding 'no-device' 'problem' 'Windows sees no sound device.' }
elseif ($faulty.Count -gt 0) {
    $facts['faulty_device'] = $faulty[0].FriendlyName
    Write-Finding 'device-fault' 'problem' "A sound device has a fault: $($faulty[0].FriendlyName)."
}
else { Write-Finding 'devices' 'fine' "Windows sees $($devices.Count) sound devices." }

$outputs = @(Get-PnpDevice -PresentOnly -Class 'AudioEndpoint' | ForEach-Object { $_.FriendlyName })
if ($outputs.Count -gt 0) { $facts['sound_endpoints'] = ($outputs | Select-Object -First 6) -join ', ' }

$driver = Get-CimInstance Win32_PnPSignedDriver -Filter "DeviceClass = 'MEDIA'" | Sort-Object -Property DriverDate -Descending | Select-Object -First 1
if ($driver) {
    $facts['sound_driver'] = "$($driver.DeviceName) $($driver.DriverVersion)"
    if ($driver.DriverDate) { $facts['sound_driver_date'] = $driver.DriverDate.ToString('yyyy-MM-dd') }
}

$consent = 'HKCU:\Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\microphone'
if ((Get-ItemProperty -Path $consent).Value -eq 'Deny') { Write-Finding 'microphone-blocked' 'problem' 'Apps may not use the microphone.' }

Write-Output ($facts | ConvertTo-Json -Compress)
exit 0
