# Why might this Windows computer crash? Only reads.
# Reads: crashes and hardware errors of the last 30 days in the event log, and the latest update and driver

$ErrorActionPreference = 'SilentlyContinue'

function Write-Finding([string] $Id, [string] $Level, [string] $Text) { Write-Output "finding $Id $Level $Text" }

function Find-Event([string] $Provider, [int[]] $Ids) {
    Get-WinEvent -FilterHashtable @{ LogName = 'System'; ProviderName = $Provider; Id = $Ids; StartTime = (Get-Date).AddDays(-30) }
}

$facts = [ordered]@{}

# 1001 of this provider is the entry "BugCheck": the computer came back from a stop error, and here is its code.
$stops = @(Find-Event 'Microsoft-Windows-WER-SystemErrorReporting' 1001)
$facts['stop_errors_30_days'] = $stops.Count
if ($stops.Count -gt 0) {
    $code = [regex]::Match($stops[0].Message, '0x[0-9a-fA-F]{8}').Value
    $facts['last_stop_code'] = $code
    $facts['last_stop_at'] = $stops[0].TimeCreated.ToString('yyyy-MM-dd HH:mm')
    Write-Finding 'stop-errors' 'problem' "Windows stopped $($stops.Count) times in the last 30 days, the last time with $code."
}
else { Write-Finding 'no-stop-errors' 'fine' 'Windows kept no stop error in the last 30 days.' }

# Kernel-Power 41: the computer started without having shut down. Without a stop error it was the power, the button, or a freeze.
$dirty = @(Find-Event 'Microsoft-Windows-Kernel-Power' 41)
$facts['unclean_starts_30_days'] = $dirty.Count
if ($dirty.Count -gt $stops.Count) { Write-Finding 'power-lost' 'notice' 'The computer also went off without a stop error.' }

$hardware = @(Find-Event 'Microsoft-Windows-WHEA-Logger' (1, 17, 18, 19, 20, 46, 47))
if ($hardware.Count -gt 0) {
    $facts['hardware_errors_30_days'] = $hardware.Count
    Write-Finding 'hardware-errors' 'problem' "The hardware reported $($hardware.Count) errors in the last 30 days."
}

$disk = @(Find-Event 'disk' (7, 51, 52, 153))
if ($disk.Count -gt 0) {
    $facts['disk_errors_30_days'] = $disk.Count
    Write-Finding 'disk-errors' 'problem' "The disk reported $($disk.Count) errors in the last 30 days."
}

$update = Get-HotFix | Where-Object { $_.InstalledOn } | Sort-Object -Property InstalledOn -Descending | Select-Object -First 1
if ($update) { $facts['last_update'] = "$($update.HotFixID) $($update.InstalledOn.ToString('yyyy-MM-dd'))" }

$driver = Get-CimInstance Win32_PnPSignedDriver | Where-Object { $_.DriverDate -and $_.DriverProviderName -ne 'Microsoft' } |
    Sort-Object -Property DriverDate -Descending | Select-Object -First 1
if ($driver) { $facts['newest_driver'] = "$($driver.DeviceName) $($driver.DriverVersion) $($driver.DriverDate.ToString('yyyy-MM-dd'))" }

Write-Output ($facts | ConvertTo-Json -Compress)
exit 0
