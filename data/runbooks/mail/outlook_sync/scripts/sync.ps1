# Why might calendar and meetings not match Outlook? Only reads; reports lines "finding id level text" and facts as JSON.
# Reads: the Teams add-in of Outlook, which Outlook is used, and the time zone

$ErrorActionPreference = 'SilentlyContinue'

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

$facts = @{}

$hive = Get-PersonHive
if (-not $hive) {
    Write-Finding 'nobody-signed-in' 'fine' 'Nobody is signed in at the screen, so the settings of Outlook were not read.'
} else {
    $new = (Get-ItemProperty -Path "$hive\Software\Microsoft\Office\16.0\Outlook\Preferences" -Name 'UseNewOutlook').UseNewOutlook
    if ($new -eq 1) {
        $facts['teams_addin'] = 'not needed, new Outlook'
        Write-Finding 'new-outlook' 'fine' 'The new Outlook is used; it makes Teams meetings without an add-in.'
    } else {
        $state = (Get-ItemProperty -Path "$hive\Software\Microsoft\Office\Outlook\Addins\TeamsAddin.FastConnect" -Name 'LoadBehavior').LoadBehavior
        if ($null -eq $state) {
            $facts['teams_addin'] = 'missing'
            Write-Finding 'teams-addin-missing' 'notice' 'Outlook does not know the add-in for Teams meetings.'
        } elseif ($state -ne 3) {
            $facts['teams_addin'] = "off ($state)"
            Write-Finding 'teams-addin-off' 'problem' 'The add-in for Teams meetings is switched off in Outlook.'
        } else {
            $facts['teams_addin'] = 'on'
            Write-Finding 'teams-addin' 'fine' 'The add-in for Teams meetings is switched on.'
        }
    }
}

$zone = Get-TimeZone
if ($zone) {
    $facts['time_zone'] = $zone.Id
    if ($zone.Id -eq 'UTC') {
        Write-Finding 'timezone-unset' 'notice' 'The computer is set to the time zone UTC, which is rarely meant.'
    } else {
        Write-Finding 'timezone' 'fine' "The computer is set to the time zone $($zone.Id)."
    }
}

Write-Output (ConvertTo-Json -InputObject $facts -Compress)
exit 0
