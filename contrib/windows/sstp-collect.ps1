<#
.SYNOPSIS
    Collects what check_sstp_cert --binding reads, as JSON.

.DESCRIPTION
    Run on the RRAS server, as an administrator or as SYSTEM, in Windows PowerShell 5.1 or in
    PowerShell 7. It reads the registry and the certificate stores and changes nothing:

      - the entries of HTTP.sys: endpoint, SHA-1 of the certificate, owner
      - the values of SSTP: the hashes it trusts, whether TLS is offloaded, what it last applied
      - the certificates that these mean, without their keys, so that SHA-1 and SHA-256 of each are
        known

    None of it depends on the language of Windows.

.PARAMETER Path
    Write to this file instead of the output. It is replaced as a whole, so that nobody reads half.

.EXAMPLE
    .\sstp-collect.ps1

.EXAMPLE
    .\sstp-collect.ps1 -Path C:\ProgramData\sstp\binding.json
#>
[CmdletBinding()]
param(
    [string]$Path
)

$ErrorActionPreference = 'Stop'
$services = 'HKLM:\SYSTEM\CurrentControlSet\Services'

function ConvertTo-Digits {
    param([byte[]]$Bytes)
    [BitConverter]::ToString($Bytes) -replace '-', ''
}

# The value of a registry key, bytes as digits; $null when there is none.
function Get-PlainValue {
    param([Microsoft.Win32.RegistryKey]$Key, [string]$Name)
    $value = $Key.GetValue($Name, $null)
    if ($value -is [byte[]]) {
        return ConvertTo-Digits $value
    }
    return $value
}

# The keys below one of HTTP.sys's lists; none when the list does not exist.
function Get-Entry {
    param([string]$List)
    $parent = "$services\HTTP\Parameters\$List"
    if (Test-Path -LiteralPath $parent) {
        Get-ChildItem -LiteralPath $parent
    }
}

function Get-Owner {
    param([Microsoft.Win32.RegistryKey]$Key)
    $bytes = $Key.GetValue('AppId', $null)
    if ($bytes -is [byte[]] -and $bytes.Length -eq 16) {
        return ([guid][byte[]]$bytes).ToString('B')
    }
    return $null
}

$bindings = @(
    foreach ($key in Get-Entry 'SslBindingInfo') {
        [ordered]@{
            endpoint = $key.PSChildName
            hash     = Get-PlainValue $key 'SslCertHash'
            appid    = Get-Owner $key
            store    = Get-PlainValue $key 'SslCertStoreName'
        }
    }
    foreach ($key in Get-Entry 'SslSniBindingInfo') {
        $name = Get-PlainValue $key 'HostnamePort'
        if (-not $name) {
            $name = $key.PSChildName
        }
        [ordered]@{
            endpoint = $name
            hash     = Get-PlainValue $key 'SslCertHash'
            appid    = Get-Owner $key
            store    = Get-PlainValue $key 'SslCertStoreName'
        }
    }
    foreach ($key in Get-Entry 'SslCcsBindingInfo') {
        [ordered]@{
            centralStorePort = [int]($key.PSChildName -replace '[^0-9]', '')
            appid            = Get-Owner $key
        }
    }
)

$sstp = $null
$trusted = $null
$parameters = "$services\SstpSvc\Parameters"
if (Test-Path -LiteralPath $parameters) {
    $key = Get-Item -LiteralPath $parameters
    $trusted = Get-PlainValue $key 'SHA256CertificateHash'
    $sstp = [ordered]@{
        UseHttps                = Get-PlainValue $key 'UseHttps'
        ListenerPort            = Get-PlainValue $key 'ListenerPort'
        isHashConfiguredByAdmin = Get-PlainValue $key 'isHashConfiguredByAdmin'
        SHA256CertificateHash   = $trusted
        SHA1CertificateHash     = Get-PlainValue $key 'SHA1CertificateHash'
    }
    if (Test-Path -LiteralPath "$parameters\ConfigStore") {
        $store = Get-Item -LiteralPath "$parameters\ConfigStore"
        $sstp.ConfigStore = [ordered]@{
            UseHttps     = Get-PlainValue $store 'UseHttps'
            ListenerPort = Get-PlainValue $store 'ListenerPort'
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

$result = [ordered]@{
    collector    = 'sstp-collect 1'
    computer     = $env:COMPUTERNAME
    collected    = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ',
        [Globalization.CultureInfo]::InvariantCulture)
    bindings     = $bindings
    sstp         = $sstp
    certificates = @($certificates.Values | ForEach-Object { [Convert]::ToBase64String($_.RawData) })
}
$json = ConvertTo-Json -InputObject $result -Depth 5

if ($Path) {
    $new = "$Path.new"
    [IO.File]::WriteAllText($new, $json + "`r`n")
    Move-Item -LiteralPath $new -Destination $Path -Force
} else {
    $json
}
