#!/bin/sh
# AWS Network Load Balancer: a TCP listener. Not run here.
#
# - The matcher is 401; by default 200 to 399 are well, and each server is down.
# - A TLS listener is TLS offload: then the target is TCP 80, and each server needs the offload hash.
# - Where client addresses are preserved, a server cannot reach itself through the balancer: probe
#   from elsewhere.
# - Where the braces are refused in the path, this has them as %7B and %7D already.
# - Not the Application Load Balancer: it is an HTTP proxy. Its check can be green while it refuses
#   every SSTP_DUPLEX_POST.
set -eu

aws elbv2 create-target-group --name rras --protocol TCP --port 443 --vpc-id "$VPC" \
    --target-type ip --health-check-protocol HTTPS --health-check-port 443 \
    --health-check-path '/sra_%7BBA195980-CD49-458b-9E23-C84EE0ADCD75%7D/' --matcher HttpCode=401 \
    --health-check-interval-seconds 10
# $GROUP and $BALANCER: what it and "create-load-balancer --type network" gave.
aws elbv2 modify-target-group-attributes --target-group-arn "$GROUP" \
    --attributes Key=stickiness.enabled,Value=true Key=stickiness.type,Value=source_ip
aws elbv2 register-targets --target-group-arn "$GROUP" --targets Id=192.0.2.21 Id=192.0.2.22
aws elbv2 create-listener --load-balancer-arn "$BALANCER" --protocol TCP --port 443 \
    --default-actions Type=forward,TargetGroupArn="$GROUP"
