<#
.SYNOPSIS
    Collects what check_sstp_cert --binding reads, as JSON.

.DESCRIPTION
    Run on the RRAS server, as an administrator or as SYSTEM, in Windows PowerShell 5.1 or in
    PowerShell 7. It reads the registry and the certificate stores and changes nothing:

      - the entries of HTTP.sys: endpoint, SHA-1 of the certificate, owner, flags
      - the values of SSTP: the hashes it trusts, whether TLS is offloaded, what it last applied
      - the certificates that these mean, without their keys, so that SHA-1 and SHA-256 of each are
        known
      - since when RemoteAccess runs, so that a certificate which was set without a restart is told

    None of it depends on the language of Windows.

.PARAMETER Path
    Write to this file instead of the output. It is replaced as a whole, so that nobody reads half.

.EXAMPLE
    .\sstp-collect.ps1

.EXAMPLE
    .\sstp-collect.ps1 -Path C:\sstp\binding.json
#>
[CmdletBinding()]
param(
    [string]$Path
)

$ErrorActionPreference = 'Stop'
# A host without a window prints these among the output.
$WarningPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'

# Not by the drive HKLM: to PowerShell the brackets and colons of an endpoint have a meaning.
$services = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey('SYSTEM\CurrentControlSet\Services')

function ConvertTo-Digits {
    param([byte[]]$Bytes)
    [BitConverter]::ToString($Bytes) -replace '-', ''
}

function ConvertTo-Text {
    param([DateTime]$Time)
    $Time.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ',
        [Globalization.CultureInfo]::InvariantCulture)
}

# The digits of a hash; $null when there is none, and words when there is something else.
function Get-Hash {
    param([Microsoft.Win32.RegistryKey]$Key, [string]$Name)
    $value = $Key.GetValue($Name, $null)
    if ($null -eq $value) {
        return $null
    }
    if ($value -is [byte[]]) {
        return ConvertTo-Digits $value
    }
    return '(not bytes)'
}

# The keys below one of HTTP.sys's lists; none when the list does not exist.
function Get-Entry {
    param([string]$List)
    $parent = $services.OpenSubKey("HTTP\Parameters\$List")
    if ($parent) {
        foreach ($name in $parent.GetSubKeyNames()) {
            $parent.OpenSubKey($name)
        }
    }
}

# The last part of the path of a key.
function Get-KeyName {
    param([Microsoft.Win32.RegistryKey]$Key)
    $Key.Name.Substring($Key.Name.LastIndexOf('\') + 1)
}

function Get-Owner {
    param([Microsoft.Win32.RegistryKey]$Key)
    $bytes = $Key.GetValue('AppId', $null)
    if ($bytes -is [byte[]] -and $bytes.Length -eq 16) {
        return ([guid][byte[]]$bytes).ToString('B')
    }
    return $null
}

# Since when a service runs; nothing where it shares a process, which outlives a restart of one of
# its services.
function Get-Start {
    param([string]$Name)
    $id = (Get-CimInstance Win32_Service -Filter "Name='$Name'" -OperationTimeoutSec 5).ProcessId
    if (-not $id) {
        return $null
    }
    $sharers = @(Get-CimInstance Win32_Service -Filter "ProcessId=$id" -OperationTimeoutSec 5)
    if ($sharers.Count -ne 1) {
        return $null
    }
    (Get-CimInstance Win32_Process -Filter "ProcessId=$id" -OperationTimeoutSec 5).CreationDate
}

$bindings = @(
    foreach ($key in Get-Entry 'SslBindingInfo') {
        [ordered]@{
            endpoint     = Get-KeyName $key
            hash         = Get-Hash $key 'SslCertHash'
            appid        = Get-Owner $key
            store        = $key.GetValue('SslCertStoreName', $null)
            DefaultFlags = $key.GetValue('DefaultFlags', $null)
        }
    }
    foreach ($key in Get-Entry 'SslSniBindingInfo') {
        $name = $key.GetValue('HostnamePort', $null)
        if (-not $name) {
            $name = Get-KeyName $key
        }
        [ordered]@{
            endpoint     = $name
            hash         = Get-Hash $key 'SslCertHash'
            appid        = Get-Owner $key
            store        = $key.GetValue('SslCertStoreName', $null)
            DefaultFlags = $key.GetValue('DefaultFlags', $null)
        }
    }
    foreach ($key in Get-Entry 'SslCcsBindingInfo') {
        [ordered]@{
            centralStorePort = [int]((Get-KeyName $key) -replace '[^0-9]', '')
            appid            = Get-Owner $key
        }
    }
)

$sstp = $null
$trusted = $null
$key = $services.OpenSubKey('SstpSvc\Parameters')
if ($key) {
    $trusted = Get-Hash $key 'SHA256CertificateHash'
    $sstp = [ordered]@{
        UseHttps                = $key.GetValue('UseHttps', $null)
        ListenerPort            = $key.GetValue('ListenerPort', $null)
        isHashConfiguredByAdmin = $key.GetValue('isHashConfiguredByAdmin', $null)
        SHA256CertificateHash   = $trusted
        SHA1CertificateHash     = Get-Hash $key 'SHA1CertificateHash'
    }
    $store = $key.OpenSubKey('ConfigStore')
    if ($store) {
        $sstp.ConfigStore = [ordered]@{
            UseHttps     = $store.GetValue('UseHttps', $null)
            ListenerPort = $store.GetValue('ListenerPort', $null)
        }
    }
}

# A certificate is found once by what HTTP.sys is bound to, once by what SSTP trusts, once as the
# one that Routing and Remote Access names.
$certificates = @{}

foreach ($binding in $bindings) {
    if (-not $binding.hash) {
        continue
    }
    $store = if ($binding.store) { $binding.store } else { 'MY' }
    $item = "Cert:\LocalMachine\$store\$($binding.hash)"
    if (Test-Path -LiteralPath $item) {
        $certificate = Get-Item -LiteralPath $item
        $certificates[$certificate.Thumbprint] = $certificate
    }
}

$sha256 = [Security.Cryptography.SHA256]::Create()
foreach ($certificate in Get-ChildItem -LiteralPath 'Cert:\LocalMachine\My') {
    if ($trusted -and (ConvertTo-Digits ($sha256.ComputeHash($certificate.RawData))) -eq $trusted) {
        $certificates[$certificate.Thumbprint] = $certificate
    }
}
$sha256.Dispose()

# Windows PowerShell gives a certificate here, PowerShell 7 its bytes; the cast takes both.
try {
    $bytes = (Get-RemoteAccess).SslCertificate
    if ($bytes) {
        $certificate = [Security.Cryptography.X509Certificates.X509Certificate2]$bytes
        $certificates[$certificate.Thumbprint] = $certificate
    }
} catch {
    # The RemoteAccess module is not there, or not configured: the registry has told what counts.
    Write-Verbose "Get-RemoteAccess: $_"
}

$started = $null
try {
    $start = Get-Start 'RemoteAccess'
    if ($start) {
        $started = ConvertTo-Text $start
    }
} catch {
    # All but a restart that is due can be judged without.
    Write-Verbose "RemoteAccess: $_"
}

$result = [ordered]@{
    collector    = 'sstp-collect 1'
    computer     = $env:COMPUTERNAME
    collected    = ConvertTo-Text ([DateTime]::UtcNow)
    started      = $started
    bindings     = $bindings
    sstp         = $sstp
    certificates = @($certificates.Values | ForEach-Object { [Convert]::ToBase64String($_.RawData) })
}
$json = ConvertTo-Json -InputObject $result -Depth 5

if ($Path) {
    # .NET has a working folder of its own.
    $Path = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
    $new = "$Path.new"
    [IO.File]::WriteAllText($new, $json + "`r`n")
    Move-Item -LiteralPath $new -Destination $Path -Force
} else {
    $json
}
