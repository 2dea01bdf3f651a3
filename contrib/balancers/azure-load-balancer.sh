#!/bin/sh
# Azure Load Balancer, standard: TCP passed through within a region. Not run here.
#
# - Its HTTP and HTTPS probes take 200 alone, which RRAS never says: with them each server is down for
#   ever. So the probe is TCP, which is up while HTTP.sys has no certificate, while SSTP is stopped,
#   while anything at all listens on 443. Watch every server from outside, with check_sstp_pool.
# - Probes come from 168.63.129.16: let it in, in the security group and in Windows.
# - The idle timeout is 4 minutes unless it is raised; SSTP says Echo after one.
# - It cannot offload TLS, and has no part in IKEv2.
set -eu

az network lb probe create --resource-group rg --lb-name lb-vpn --name sstp \
    --protocol Tcp --port 443 --interval 5
az network lb rule create --resource-group rg --lb-name lb-vpn --name sstp \
    --protocol Tcp --frontend-port 443 --backend-port 443 \
    --frontend-ip-name public --backend-pool-name rras --probe-name sstp \
    --idle-timeout 30 --enable-tcp-reset true --load-distribution SourceIP
