# Why might there be no sound in a meeting? Only reads and never opens the microphone; reports lines "finding id level text" and facts as JSON.
# Reads: microphones and speakers, the sound service, and the permission for the microphone

$ErrorActionPreference = 'SilentlyContinue'
$facts = @{}

function Write-Finding($Id, $Level, $Text) { Write-Output "finding $Id $Level $Text" }

# Settings of the person at the screen; whoever runs this may be somebody else.
function Get-PersonHive {
    $name = (Get-CimInstance -ClassName Win32_ComputerSystem).UserName
    if (-not $name) { return $null }
    try {
        $sid = (New-Object System.Security.Principal.NTAccount($name)).Translate([System.Security.Principal.SecurityIdentifier]).Value
    } catch { return $null }
    $hive = "Registry::HKEY_USERS\$sid"
    if (Test-Path -Path $hive) { return $hive }
    return $null
}

$stopped = Get-Service -Name 'Audiosrv', 'AudioEndpointBuilder' | Where-Object { $_.Status -ne 'Running' }
if ($stopped) {
    Write-Finding 'sound-service' 'problem' 'The sound service of Windows does not run.'
} else {
    Write-Finding 'sound-service-runs' 'fine' 'The sound service of Windows runs.'
}

# Windows numbers what records as 0.0.1 and what plays as 0.0.0.
$endpoints = @(Get-PnpDevice -Class 'AudioEndpoint' -PresentOnly | Where-Object { $_.Status -eq 'OK' })
$microphones = @($endpoints | Where-Object { $_.InstanceId -like '*{0.0.1.*' }).Count
$speakers = @($endpoints | Where-Object { $_.InstanceId -like '*{0.0.0.*' }).Count
$facts['microphones'] = $microphones
$facts['speakers'] = $speakers
if ($microphones -eq 0) { Write-Finding 'no-microphone' 'problem' 'The computer knows no microphone.' }
elseif ($speakers -eq 0) { Write-Finding 'no-speaker' 'problem' 'The computer knows no speaker.' }
else { Write-Finding 'sound-devices' 'fine' "Microphones: $microphones, speakers: $speakers." }

$store = 'SOFTWARE\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\microphone'
$places = @("Registry::HKEY_LOCAL_MACHINE\$store")
$hive = Get-PersonHive
if ($hive) { $places += "$hive\$store", "$hive\$store\NonPackaged" }
$denied = $places | Where-Object { (Get-ItemProperty -Path $_ -Name 'Value').Value -eq 'Deny' }
if ($denied) {
    Write-Finding 'microphone-denied' 'problem' 'Windows does not let programs use the microphone.'
} elseif ($hive) {
    Write-Finding 'microphone-allowed' 'fine' 'Windows lets programs use the microphone.'
}

Write-Output (ConvertTo-Json -InputObject $facts -Compress)
exit 0
