# Why might OneDrive not sync? Only reads, and opens no file; reports lines "finding id level text" and facts as JSON.
# Reads: whether OneDrive runs, the free disk space, and the number and length of the paths in OneDrive

$ErrorActionPreference = 'SilentlyContinue'
$longestAllowed = 400
$longestOnWindows = 259
$slowFrom = 300000
$patience = 12
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

if (Get-Process -Name 'OneDrive') {
    Write-Finding 'running' 'fine' 'OneDrive runs.'
} else {
    Write-Finding 'not-running' 'problem' 'OneDrive does not run.'
}

$disk = Get-CimInstance -ClassName Win32_LogicalDisk -Filter "DeviceID='$env:SystemDrive'"
if ($disk) {
    $free = [int][math]::Floor($disk.FreeSpace / 1GB)
    $facts['disk_free_gb'] = $free
    if ($free -lt 2) { Write-Finding 'disk-full' 'problem' 'Less than 2 GB of the disk are free.' }
    elseif ($free -lt 10) { Write-Finding 'disk-full' 'notice' "Only $free GB of the disk are free." }
    else { Write-Finding 'disk-space' 'fine' "$free GB of the disk are free." }
}

$hive = Get-PersonHive
$root = if ($hive) { (Get-ItemProperty -Path "$hive\Software\Microsoft\OneDrive\Accounts\Business1" -Name 'UserFolder').UserFolder }
if ($root -and (Test-Path -LiteralPath $root)) {
    $files = 0
    $longest = 0
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        foreach ($path in [System.IO.Directory]::EnumerateFileSystemEntries($root, '*', [System.IO.SearchOption]::AllDirectories)) {
            $files++
            if ($path.Length -gt $longest) { $longest = $path.Length }
            if ($clock.Elapsed.TotalSeconds -gt $patience -or $files -gt $slowFrom) { break }
        }
    } catch {
        Write-Finding 'folder-closed' 'fine' 'Not all folders of OneDrive could be read.'
    }
    $inCloud = $longest - $root.Length
    $facts['files'] = $files
    $facts['longest_path'] = $longest
    if ($inCloud -gt $longestAllowed) { Write-Finding 'long-paths' 'problem' "The longest path has $inCloud signs, and OneDrive takes $longestAllowed." }
    elseif ($longest -gt $longestOnWindows) { Write-Finding 'long-paths' 'notice' "The longest path on the computer has $longest signs, which many programs don't open." }
    if ($files -gt $slowFrom) { Write-Finding 'many-files' 'notice' "More than $slowFrom files are synced, which makes OneDrive slow." }
    else { Write-Finding 'file-count' 'fine' "$files files and folders were counted." }
} elseif ($hive) {
    Write-Finding 'not-set-up' 'notice' 'OneDrive is not set up with a work account on this computer.'
} else {
    Write-Finding 'nobody-signed-in' 'fine' 'Nobody is signed in at the screen, so the files were not counted.'
}

Write-Output (ConvertTo-Json -InputObject $facts -Compress)
exit 0
