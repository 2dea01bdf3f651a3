#!/bin/sh
# Azure Traffic Manager: DNS alone, for several sites. Not run here.
#
# - It sends GET, and does not look at the certificate.
# - It fails open: when all endpoints are degraded, all are handed out. check_sstp_pool with one
#   -B for each endpoint sees that; a check of the profile's name sees one site, by turns.
# - The range 401-401 is a must; by default 200 alone is well.
# - Failover takes (failures + 1) x interval + timeout + the TTL: here 10 s, 2 failures, 9 s, 30 s, so
#   about 70 s.
# - Where the braces are refused in the path, write %7B and %7D.
# - Each endpoint has a public address and name of its own; the certificate bears the name of the VPN.
set -eu

az network traffic-manager profile create --resource-group rg --name tm-vpn \
    --unique-dns-name contoso-vpn --routing-method Performance --ttl 30 \
    --protocol HTTPS --port 443 --path '/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/' \
    --status-code-ranges 401-401 --custom-headers host=vpn.example.com \
    --interval 10 --timeout 9 --max-failures 2
for site in 1 2; do
	az network traffic-manager endpoint create --resource-group rg --profile-name tm-vpn \
	    --type externalEndpoints --name "site$site" --target "rras$site.example.com"
done
