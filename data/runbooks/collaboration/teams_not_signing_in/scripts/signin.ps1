# Why might Teams not sign in? Only reads; reports lines "finding id level text" and facts as JSON.
# Reads: whether the sign-in service and Teams answer, the clock and the version of Teams

$ErrorActionPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'
$facts = @{}

function Write-Finding($Id, $Level, $Text) { Write-Output "finding $Id $Level $Text" }

foreach ($server in @('login.microsoftonline.com', 'teams.microsoft.com')) {
    if (-not (Resolve-DnsName -Name $server -QuickTimeout)) {
        Write-Finding 'dns-failing' 'problem' "The name $server is not found."
    } elseif (Test-NetConnection -ComputerName $server -Port 443 -InformationLevel Quiet -WarningAction SilentlyContinue) {
        Write-Finding 'server' 'fine' "$server answers."
    } else {
        Write-Finding 'server-unreachable' 'problem' "This computer does not reach $server."
    }
}

$answer = try { Invoke-WebRequest -Uri 'https://login.microsoftonline.com/' -Method Head -UseBasicParsing -TimeoutSec 8 } catch { $null }
if ($answer -and $answer.Headers['Date']) {
    $theirs = [datetime]::Parse([string]$answer.Headers['Date'], [cultureinfo]::InvariantCulture).ToUniversalTime()
    $off = [math]::Abs(((Get-Date).ToUniversalTime() - $theirs).TotalMinutes)
    if ($off -gt 5) {
        Write-Finding 'clock-wrong' 'problem' "The clock of this computer is wrong by $([int]$off) minutes."
    } else {
        Write-Finding 'clock' 'fine' 'The clock of this computer is right.'
    }
} elseif ((Get-Service -Name 'W32Time').StartType -eq 'Disabled') {
    Write-Finding 'clock-unset' 'notice' 'The computer does not set its clock by itself.'
}

# Reading the apps of everybody needs an administrator; without one, only the own apps are seen.
$app = Get-AppxPackage -Name 'MSTeams' -AllUsers
if (-not $app) { $app = Get-AppxPackage -Name 'MSTeams' }
if ($app) {
    $version = [string]($app | Select-Object -First 1).Version
    $facts['teams_version'] = $version
    Write-Finding 'teams-app' 'fine' "Teams $version is installed."
} else {
    Write-Finding 'teams-app-unseen' 'notice' 'The new Teams app was not found on this computer.'
}

Write-Output (ConvertTo-Json -InputObject $facts -Compress)
exit 0
