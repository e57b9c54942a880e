# Why might Outlook get no mail? Only reads; reports lines "finding id level text" and facts as JSON.
# Reads: whether the mail server answers, the clock, the free disk space and the size of Outlook's copy of the mailbox

$ErrorActionPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'
$server = 'outlook.office365.com'
$facts = @{}

function Write-Finding($Id, $Level, $Text) { Write-Output "finding $Id $Level $Text" }

# What the server says, even when it refuses; nothing when it is not reached. Goes by the proxy of Windows, as Office does.
function Get-Answer($Server) {
    try { Invoke-WebRequest -Uri "https://$Server/" -Method Head -UseBasicParsing -TimeoutSec 8 } catch { $_.Exception.Response }
}

function Test-Server($Server) {
    if (Get-Answer $Server) {
        Write-Finding 'server' 'fine' "$Server answers."
    } elseif (Resolve-DnsName -Name $Server -QuickTimeout) {
        Write-Finding 'server-unreachable' 'problem' "This computer does not reach $Server."
    } else {
        Write-Finding 'dns-failing' 'problem' "The name $Server is not found."
    }
}

function Test-Clock($Server) {
    $date = try { [string](Get-Answer $Server).Headers['Date'] } catch { $null }
    if (-not $date) { return }
    $theirs = try { [datetime]::Parse($date, [cultureinfo]::InvariantCulture).ToUniversalTime() } catch { $null }
    if (-not $theirs) { return }
    $off = [int][math]::Abs(((Get-Date).ToUniversalTime() - $theirs).TotalMinutes)
    if ($off -gt 5) {
        Write-Finding 'clock-wrong' 'problem' "The clock of this computer is wrong by $off minutes."
    } else {
        Write-Finding 'clock' 'fine' 'The clock of this computer is right.'
    }
}

# The folder of the person at the screen; whoever runs this may be somebody else.
function Get-PersonFolder {
    $name = (Get-CimInstance -ClassName Win32_ComputerSystem).UserName
    if (-not $name) { return $null }
    try {
        $sid = (New-Object System.Security.Principal.NTAccount($name)).Translate([System.Security.Principal.SecurityIdentifier]).Value
    } catch { return $null }
    return (Get-CimInstance -ClassName Win32_UserProfile -Filter "SID='$sid'").LocalPath
}

Test-Server $server
Test-Clock $server

$disk = Get-CimInstance -ClassName Win32_LogicalDisk -Filter "DeviceID='$env:SystemDrive'"
if ($disk) {
    $free = [int][math]::Floor($disk.FreeSpace / 1GB)
    $facts['disk_free_gb'] = $free
    if ($free -lt 1) { Write-Finding 'disk-full' 'problem' 'Less than 1 GB of the disk is free.' }
    elseif ($free -lt 5) { Write-Finding 'disk-full' 'notice' "Only $free GB of the disk are free." }
    else { Write-Finding 'disk-space' 'fine' "$free GB of the disk are free." }
}

$folder = Get-PersonFolder
if ($folder) {
    $copy = Get-ChildItem -Path "$folder\AppData\Local\Microsoft\Outlook\*" -Include '*.ost' -File | Sort-Object -Property Length -Descending | Select-Object -First 1
    if ($copy) {
        $size = [math]::Round($copy.Length / 1GB, 1)
        $facts['ost_gb'] = $size
        # Outlook stops at 50 GB and slows down well before.
        if ($size -ge 45) { Write-Finding 'large-copy' 'problem' "Outlook's copy of the mailbox has $size GB, which is about as much as it may have." }
        elseif ($size -ge 25) { Write-Finding 'large-copy' 'notice' "Outlook's copy of the mailbox has $size GB, which makes it slow." }
        else { Write-Finding 'copy-size' 'fine' "Outlook's copy of the mailbox has $size GB." }
    }
} else {
    Write-Finding 'nobody-signed-in' 'fine' 'Nobody is signed in at the screen, so the size of the copy was not read.'
}

Write-Output (ConvertTo-Json -InputObject $facts -Compress)
exit 0
