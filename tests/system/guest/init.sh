#!/bin/bash
# PID 1 of the guest once its disk is there: mounts what is left, runs the checks, switches off.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
mount -t sysfs sys /sys
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
for folder in /dev/shm /tmp /run; do mount -t tmpfs -o mode=1777 tmpfs $folder; done
mount -t 9p -o trans=virtio,version=9p2000.L,msize=262144 results /mnt
ip link set lo up
cp -r /srv/avatarify /srv/assets /srv/engines /tmp/  # a shared folder is slow to import from
cp -r /mnt/cache /tmp/cache
export PYTHONPATH=/tmp:/opt/python PYTHONUNBUFFERED=1 OPENCV_LOG_LEVEL=ERROR
export AVATARIFY_ASSETS=/tmp/assets AVATARIFY_RECIPES=/tmp/engines/recipes AVATARIFY_CACHE=/tmp/cache
export AVATARIFY_DATA=/tmp/data AVATARIFY_CONFIG=/tmp/config
python3 /srv/tests/system/guest/checks.py > /mnt/checks.log 2>&1
echo "checks ended with $?" > /mnt/ended
dmesg > /mnt/dmesg.log
sync
umount /mnt
/bin/busybox poweroff -f
