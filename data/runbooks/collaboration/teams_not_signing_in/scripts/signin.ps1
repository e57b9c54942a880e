# Why might Teams not sign in? Only reads; reports lines "finding id level text" and facts as JSON.
# Reads: whether the sign-in service and Teams answer, the clock and the version of Teams

$ErrorActionPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'
$facts = @{}

function Write-Finding($Id, $Level, $Text) { Write-Output "finding $Id $Level $Text" }

# What the server says, even when it refuses; nothing when it is not reached. Goes by the proxy of Windows, as Teams does.
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

Test-Server 'login.microsoftonline.com'
Test-Server 'teams.microsoft.com'
Test-Clock 'login.microsoftonline.com'

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
