# Why might Excel freeze? Only reads; reports lines "finding id level text" and facts as JSON.
# Reads: Excel's add-ins and version, its hangs and crashes of the last week, and the free memory

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

$office = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Office\ClickToRun\Configuration'
if ($office) {
    $facts['excel_version'] = [string]$office.VersionToReport
    $facts['excel_bits'] = if ($office.Platform -eq 'x86') { '32' } else { '64' }
    if ($office.Platform -eq 'x86') { Write-Finding 'excel-32' 'notice' 'Excel is the 32-bit edition, which takes little memory.' }
}

# LoadBehavior 3 means loaded at the start.
$places = @(
    'HKLM:\SOFTWARE\Microsoft\Office\Excel\Addins'
    'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Office\Excel\Addins'
    'HKLM:\SOFTWARE\Microsoft\Office\ClickToRun\REGISTRY\MACHINE\Software\Microsoft\Office\Excel\Addins'
)
$hive = Get-PersonHive
if ($hive) { $places += "$hive\Software\Microsoft\Office\Excel\Addins" }
$addIns = @(Get-ChildItem -Path $places | Where-Object { $_.GetValue('LoadBehavior') -eq 3 } | Select-Object -ExpandProperty PSChildName -Unique)
$foreign = @($addIns | Where-Object { $_ -notlike 'Microsoft.*' -and $_ -notlike 'PowerPivotExcelClientAddIn*' -and $_ -notlike 'NativeShim*' -and $_ -notlike 'ExcelPlugInShell*' })
$facts['add_ins'] = ($foreign -join ', ')
if ($foreign.Count -gt 0) {
    Write-Finding 'add-ins-loaded' 'notice' "Add-ins that are not Excel's own: $(($foreign | Select-Object -First 5) -join ', ')."
} else {
    Write-Finding 'no-add-ins' 'fine' 'Excel loads no add-ins but its own.'
}

# 1000 is a crash, 1002 a hang.
$since = (Get-Date).AddDays(-7)
$events = @(Get-WinEvent -FilterHashtable @{ LogName = 'Application'; Id = 1000, 1002; StartTime = $since } -MaxEvents 200 | Where-Object { $_.Message -match 'EXCEL\.EXE' })
$facts['excel_events'] = $events.Count
if ($events.Count -gt 0) {
    Write-Finding 'excel-crashed' 'notice' "Crashes and hangs of Excel in the last week: $($events.Count)."
} else {
    Write-Finding 'excel-steady' 'fine' 'Windows has no note of a hang or crash of Excel from the last week.'
}

$memory = Get-CimInstance -ClassName Win32_OperatingSystem
if ($memory -and $memory.TotalVisibleMemorySize -gt 0) {
    $free = [int](100 * $memory.FreePhysicalMemory / $memory.TotalVisibleMemorySize)
    if ($free -lt 5) { Write-Finding 'memory-full' 'problem' "Only $free% of the memory is free." }
    elseif ($free -lt 15) { Write-Finding 'memory-full' 'notice' "Only $free% of the memory is free." }
    else { Write-Finding 'memory-space' 'fine' "$free% of the memory is free." }
}

Write-Output (ConvertTo-Json -InputObject $facts -Compress)
exit 0
