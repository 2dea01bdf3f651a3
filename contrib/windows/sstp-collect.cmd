@echo off
rem Collects what check_sstp_cert --binding reads, where no PowerShell may run.
rem
rem   sstp-collect.cmd                print it
rem   sstp-collect.cmd FILE           write it to FILE, which is replaced as a whole
rem
rem Run on the RRAS server, as an administrator or as SYSTEM. It reads and changes nothing. The
rem registry is not translated; netsh is there for those who read along. The certificates themselves
rem are not in it: check_sstp_cert then compares with the wire (-I) or a file (--cert-file).
rem
rem It begins and ends with a line of its own, so that check_sstp_cert knows whether all of it came.
rem
rem There is no label in it: cmd.exe does not find them in a file whose lines end as Unix has it.
setlocal
if not "%~1"=="" (
	call "%~f0" >"%~1.new" && move /y "%~1.new" "%~1" >nul
	exit /b
)
echo sstp-collect: begun
reg.exe query "HKLM\SYSTEM\CurrentControlSet\Services\SstpSvc\Parameters" /s
if errorlevel 1 exit /b 1
for %%k in (SslBindingInfo SslSniBindingInfo SslCcsBindingInfo) do (
	reg.exe query "HKLM\SYSTEM\CurrentControlSet\Services\HTTP\Parameters\%%k" /s 2>nul
)
netsh.exe http show sslcert
echo sstp-collect: whole
exit /b 0
