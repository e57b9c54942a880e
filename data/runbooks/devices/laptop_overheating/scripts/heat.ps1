# Why might this Windows computer be hot or loud? Only reads.
# Reads: the processor's load, the busiest program, the power mode, the battery's state and shutdowns from heat

$ErrorActionPreference = 'SilentlyContinue'

function Write-Finding([string] $Id, [string] $Level, [string] $Text) { Write-Output "finding $Id $Level $Text" }

$facts = [ordered]@{}

$load = [int] (Get-CimInstance Win32_Processor | Measure-Object -Property LoadPercentage -Average).Average
$facts['load_percent'] = $load
if ($load -ge 90) { Write-Finding 'cpu-busy' 'problem' "The processor is busy ($load% of what it can do)." }
elseif ($load -ge 50) { Write-Finding 'cpu-busy' 'notice' "The processor has a good deal to do ($load% of what it can do)." }
else { Write-Finding 'cpu-free' 'fine' "The processor has time to spare ($load% of what it can do)." }

# Only the program's name, never its arguments: they may hold secrets.
$busiest = Get-CimInstance Win32_PerfFormattedData_PerfProc_Process |
    Where-Object { $_.Name -notin '_Total', 'Idle' } |
    Sort-Object -Property PercentProcessorTime -Descending | Select-Object -First 1
if ($busiest) { $facts['busiest_program'] = $busiest.Name }

$plan = Get-CimInstance -Namespace root\cimv2\power -ClassName Win32_PowerPlan | Where-Object { $_.IsActive } | Select-Object -First 1
if ($plan) {
    $facts['power_mode'] = $plan.ElementName
    # The identifier of the plan "High performance", which is the same in every language.
    if ($plan.InstanceID -match '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c') {
        Write-Finding 'power-mode-high' 'notice' 'The power plan asks for the highest performance.'
    }
}

$full = Get-CimInstance -Namespace root\wmi -ClassName BatteryFullChargedCapacity | Select-Object -First 1
$design = Get-CimInstance -Namespace root\wmi -ClassName BatteryStaticData | Select-Object -First 1
if ($full -and $design -and $design.DesignedCapacity -gt 0) {
    $health = [int] (100 * $full.FullChargedCapacity / $design.DesignedCapacity)
    $facts['battery_health_percent'] = $health
    if ($health -lt 50) { Write-Finding 'battery-worn' 'notice' "The battery holds only $health% of what it held when it was new." }
}

# Kernel-Power 86: Windows shut down because a part reached its critical temperature.
$heat = @(Get-WinEvent -FilterHashtable @{ LogName = 'System'; ProviderName = 'Microsoft-Windows-Kernel-Power'; Id = 86; StartTime = (Get-Date).AddDays(-30) })
if ($heat.Count -gt 0) {
    $facts['heat_shutdowns_30_days'] = $heat.Count
    Write-Finding 'shut-down-by-heat' 'problem' "Windows shut down from heat $($heat.Count) times in the last 30 days."
}

Write-Output ($facts | ConvertTo-Json -Compress)
exit 0
