# Which programs crashed here lately? Only reads; reports lines "finding id level text" and facts as JSON.
# Reads: the notes of Windows about crashes and hangs of the last week, the free disk space and memory

$ErrorActionPreference = 'SilentlyContinue'
$facts = @{}

function Write-Finding($Id, $Level, $Text) { Write-Output "finding $Id $Level $Text" }

# 1000 is a crash, 1002 a hang. Their first two values are the program and its version; a crash has the module fourth and the exception seventh.
$since = (Get-Date).AddDays(-7)
$events = @(Get-WinEvent -FilterHashtable @{ LogName = 'Application'; ProviderName = 'Application Error', 'Application Hang'; Id = 1000, 1002; StartTime = $since } -MaxEvents 200)
$facts['crashes'] = $events.Count
if ($events.Count -gt 0) {
    $newest = $events[0]
    $program = [string]$newest.Properties[0].Value
    $facts['crashed_program'] = $program
    Write-Finding 'crashed' 'notice' "Crashes noted in the last week: $($events.Count), the newest of $program."
    if ($newest.Id -eq 1000) {
        $module = [string]$newest.Properties[3].Value
        $facts['module'] = $module
        $facts['exception_code'] = [string]$newest.Properties[6].Value
        if ($module -match '^(igd|igxe|nvoglv|nvwgf|nvd3d|atio6|atidx|amdxx)') {
            Write-Finding 'graphics-driver' 'problem' 'The driver of the graphics card brings the program down.'
        }
    } else {
        Write-Finding 'did-not-react' 'notice' 'Windows closed the program because it did not react any more.'
    }
} else {
    Write-Finding 'no-crash' 'fine' 'Windows noted no crash in the last week.'
}

$disk = Get-CimInstance -ClassName Win32_LogicalDisk -Filter "DeviceID='$env:SystemDrive'"
if ($disk) {
    $free = [int][math]::Floor($disk.FreeSpace / 1GB)
    if ($free -lt 1) { Write-Finding 'disk-full' 'problem' 'Less than 1 GB of the disk is free.' }
    elseif ($free -lt 3) { Write-Finding 'disk-full' 'notice' "Only $free GB of the disk are free." }
    else { Write-Finding 'disk-space' 'fine' "$free GB of the disk are free." }
}

$memory = Get-CimInstance -ClassName Win32_OperatingSystem
if ($memory -and $memory.TotalVisibleMemorySize -gt 0) {
    $percent = [int](100 * $memory.FreePhysicalMemory / $memory.TotalVisibleMemorySize)
    if ($percent -lt 5) { Write-Finding 'memory-full' 'problem' "Only $percent% of the memory is free." }
    else { Write-Finding 'memory-space' 'fine' "$percent% of the memory is free." }
}

Write-Output (ConvertTo-Json -InputObject $facts -Compress)
exit 0
