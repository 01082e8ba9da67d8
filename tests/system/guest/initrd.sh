#!/bin/sh
# First program of the guest: loads what it takes to find the disk, and goes over to it.
mount -t proc proc /proc
mount -t devtmpfs dev /dev
for module in $(/bin/busybox cat /modules/list); do insmod "/modules/$module"; done
tries=0
while [ ! -b /dev/vda ] && [ $tries -lt 100 ]; do sleep 0.2; tries=$((tries + 1)); done
mount -t ext4 -o rw,noatime /dev/vda /newroot || /bin/busybox poweroff -f
mount -o move /dev /newroot/dev
mount -o move /proc /newroot/proc
mount -t 9p -o trans=virtio,version=9p2000.L,msize=262144,ro repository /newroot/srv || /bin/busybox poweroff -f
exec switch_root /newroot /bin/bash /srv/tests/system/guest/init.sh
