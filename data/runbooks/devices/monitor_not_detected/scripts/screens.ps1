# Which screens does this Windows computer see? Only reads.
# Reads: the screens that are plugged in, the graphics driver, and devices with a fault among screens, docks and graphics

$ErrorActionPreference = 'SilentlyContinue'

function Write-Finding([string] $Id, [string] $Level, [string] $Text) { Write-Output "finding $Id $Level $Text" }

$facts = [ordered]@{}

# How a laptop's own screen is connected: internal, LVDS, embedded DisplayPort, embedded UDI.
$inside = 2147483648, 6, 11, 13
$outside = @(Get-CimInstance -Namespace root\wmi -ClassName WmiMonitorConnectionParams |
    Where-Object { $_.Active -and $_.VideoOutputTechnology -notin $inside })
$facts['external_screens'] = $outside.Count
if ($outside.Count -eq 0) { Write-Finding 'no-screen' 'problem' 'The computer sees no external screen: cable, dock or screen.' }
else { Write-Finding 'screens' 'fine' "External screens that the computer sees: $($outside.Count)." }

$graphics = Get-CimInstance Win32_VideoController | Select-Object -First 1
if ($graphics) {
    $facts['graphics_driver'] = "$($graphics.Name) $($graphics.DriverVersion)"
    if ($graphics.Name -match 'Basic Display') { Write-Finding 'driver-basic' 'problem' 'Windows uses its emergency graphics driver.' }
}

$faulty = @(Get-PnpDevice -PresentOnly | Where-Object { $_.Class -in 'Display', 'Monitor', 'USB' -and $_.Status -eq 'Error' })
if ($faulty.Count -gt 0) {
    $facts['faulty_device'] = $faulty[0].FriendlyName
    Write-Finding 'device-fault' 'notice' "A device has a fault: $($faulty[0].FriendlyName)."
}

Write-Output ($facts | ConvertTo-Json -Compress)
exit 0
