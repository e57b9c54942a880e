# How full is the disk of this Windows computer, and with what? Only reads.
# Reads: free space of the system disk, and the sizes of the recycle bin, the downloads, temporary files and an old Windows

$ErrorActionPreference = 'SilentlyContinue'

function Write-Finding([string] $Id, [string] $Level, [string] $Text) { Write-Output "finding $Id $Level $Text" }

function Get-SizeGB([string] $Folder) {
    if (-not (Test-Path -LiteralPath $Folder)) { return 0 }
    $sum = (Get-ChildItem -LiteralPath $Folder -Recurse -File -Force | Measure-Object -Property Length -Sum).Sum
    [math]::Round($sum / 1GB, 1)
}

$facts = [ordered]@{}

$disk = Get-CimInstance Win32_LogicalDisk -Filter "DeviceID = '$env:SystemDrive'"
if ($disk -and $disk.Size -gt 0) {
    $free = [math]::Round($disk.FreeSpace / 1GB, 1)
    $used = [int] (100 - 100 * $disk.FreeSpace / $disk.Size)
    $facts['disk_free_gb'] = $free
    $facts['disk_used_percent'] = $used
    if ($used -ge 95) { Write-Finding 'disk-full' 'problem' "The disk is $used% full; $free GB are free." }
    elseif ($used -ge 85) { Write-Finding 'disk-full' 'notice' "The disk is $used% full; $free GB are free." }
    else { Write-Finding 'disk-space' 'fine' "The disk is $used% full; $free GB are free." }
}

$trash = Get-SizeGB "$env:SystemDrive\`$Recycle.Bin"
$facts['trash_gb'] = $trash
if ($trash -ge 1) { Write-Finding 'trash' 'notice' "The recycle bin still holds deleted files: $trash GB." }

$downloads = Get-SizeGB "$env:USERPROFILE\Downloads"
$facts['downloads_gb'] = $downloads
if ($downloads -ge 5) { Write-Finding 'downloads' 'notice' "The downloads folder is large: $downloads GB." }

$temporary = Get-SizeGB "$env:TEMP"
$facts['temporary_gb'] = $temporary
if ($temporary -ge 2) { Write-Finding 'temporary' 'notice' "Temporary files are left over: $temporary GB." }

if (Test-Path -LiteralPath "$env:SystemDrive\Windows.old") { Write-Finding 'old-windows' 'notice' 'An earlier Windows is still kept for going back.' }

Write-Output ($facts | ConvertTo-Json -Compress)
exit 0
